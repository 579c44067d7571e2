import { CATEGORIES, type Entry, type Filter, SEVERITIES } from "../../src/audit/mod.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import type { TestEngine } from "./engine.ts";
import type { Random } from "./random.ts";

const ACTORS = ["desk", "phone", "system", "anonymous"];
const TYPES = ["device", "gradient", "scene_preset", null];
const WORDS = ["Straße", "İstanbul", "100%", "a_b", "ΟΔΟΣ", "Desk lamp", "💡💡", "x"];

/** Records random entries whose clock steps now and then, and resolves once they are stored. */
export async function fillLog(
  engine: TestEngine,
  random: Random,
  clock: { ms: number },
  count: number,
  steps: "stepping" | "steady" = "stepping",
) {
  for (let i = 0; i < count; i++) {
    clock.ms += steps === "stepping" && random.chance(0.02) ? -random.int(7_200_000) : random.int(60_000);
    const type = random.pick(TYPES);
    engine.recorder.record(random.pick(CATEGORIES), `act.${random.int(6)}`, {
      severity: random.pick(SEVERITIES),
      actor: random.pick(ACTORS),
      ...(type ? { entityType: type, entityId: `e${random.int(9)}`, entityName: random.pick(WORDS) } : {}),
      message: `${random.pick(WORDS)} ${random.pick(WORDS)} ${i}`,
      metadata: random.chance(0.3) ? { note: random.pick(WORDS), n: i % 40, on: random.chance(0.5), none: null } : {},
    });
    if (i % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await engine.recorder.stop();
}

/** A filter of any parts; what it asks for is there or nearly so. */
export function randomFilter(random: Random, entries: readonly Entry[]): Filter {
  const at = () => random.pick(entries).ts;
  const [a, b] = [at(), at()].sort();
  return {
    ...(random.chance(0.4) ? { categories: random.some(CATEGORIES, 0.4) } : {}),
    ...(random.chance(0.3) ? { severities: random.some(SEVERITIES, 0.5) } : {}),
    ...(random.chance(0.3) ? { actor: random.pick([...ACTORS, "nobody"]) } : {}),
    ...(random.chance(0.3) ? { entityType: random.pick(["device", "gradient", "ghost"]) } : {}),
    ...(random.chance(0.3) ? { entityId: `e${random.int(10)}` } : {}),
    ...(random.chance(0.2) ? { entityIds: ["e1", "e3", "e4", "e7", "e99"].filter(() => random.chance(0.6)) } : {}),
    ...(random.chance(0.2) ? { actions: ["act.1", "act.2", "act.5", "act.9"].filter(() => random.chance(0.6)) } : {}),
    ...(random.chance(0.15) ? { entityName: random.pick([...WORDS, "desk lamp"]) } : {}),
    ...(random.chance(0.15) ? { metadataKey: random.pick(["note", "n", "on", "none", "absent"]) } : {}),
    ...(random.chance(0.15) ? { metadataValue: random.pick([...WORDS, "7", "true", "null"]) } : {}),
    ...(random.chance(0.3) ? { since: a! } : {}),
    ...(random.chance(0.3) ? { until: b! } : {}),
    ...(random.chance(0.4)
      ? { q: random.pick(["strasse", "i̇stan", "100%", "A_B", "οδος", "DESK", "💡", "x", "99", "none", "_", "act.3"]) }
      : {}),
  };
}

/** All entries, newest first, as a look at each row finds them. */
export async function readAll(engine: TestEngine): Promise<readonly Entry[]> {
  const rows = await readRowsAfter(engine.sql, 0, 1_000_000);
  return rows.map((row) => JSON.parse(row.entry) as Entry).reverse();
}

export const clockFrom = (clock: { ms: number }) => ({ now: () => clock.ms });
