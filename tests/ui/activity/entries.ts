import { CATEGORIES, type Entry, SEVERITIES } from "../../../src/audit/mod.ts";
import { createEntryIds } from "../../../src/audit/ids.ts";
import type { Random } from "../../support/random.ts";

/** Letters whose case is folded in ways of their own, beside ordinary ones. */
const LETTERS = [
  "a",
  "B",
  "ß",
  "SS",
  "ſ",
  "Σ",
  "ς",
  "σ",
  "É",
  "e\u0301",
  "İ",
  "ı",
  "ŉ",
  "%",
  "_",
  "\\",
  "😀",
  " ",
  "ᾳ",
];

export const randomText = (random: Random): string =>
  Array.from({ length: random.int(5) }, () => random.pick(LETTERS)).join("");

/** Entry ids as the server makes them. */
export const entryIds = () =>
  createEntryIds({ bytes: (count) => Uint8Array.from({ length: count }, (_, index) => index % 251) });

/** An entry of few different kinds, so that filters of the same kinds find some. */
export function randomEntry(random: Random, id: string): Entry {
  const about = random.chance(0.6);
  return {
    id,
    ts: new Date(Date.UTC(2026, 10, 20) + random.int(3 * 86_400_000)).toISOString(),
    category: random.pick(CATEGORIES),
    action: random.pick(["entity.updated", "device.offline", "Straße.ΣΣ"]),
    severity: random.pick(SEVERITIES),
    actor: random.pick(["desk", "system", "anonymous"]),
    entity_type: about ? random.pick(["device", "gradient"]) : null,
    entity_id: about ? random.pick(["dev_1", "dev_2"]) : null,
    entity_name: about ? randomText(random) : null,
    message: randomText(random),
    metadata: random.chance(0.5)
      ? {}
      : { note: randomText(random), on: random.chance(0.5), none: null, n: random.int(9) },
  };
}
