import { compare } from "../../src/config_history/comparison.ts";
import { hunksOf, unifiedText } from "../../src/config_history/hunks.ts";
import { TEXT_KINDS } from "../../src/config_history/normalise.ts";
import { createMask } from "../../src/config_history/secrets.ts";
import type { ResourceType } from "../../src/config_history/types.ts";
import { NEVER } from "../config_history/setup.ts";
import { createRandom, type Random } from "../support/random.ts";
import { type Bench, figure, verdict } from "./bench.ts";
import { median } from "./measure.ts";

const BYTES = 65_536;
const GOAL_MS = 50;
const RUNS = 60;
const mask = createMask(new Uint8Array(32).fill(1));

/** An export of 64 KB; each rule is another one by this chance. */
function exportOf(random: Random, changed: number): string {
  const lines = ["# 2026-11-22 10:00:00 by RouterOS 7.16.1", "/ip firewall filter"];
  for (let [bytes, n] = [0, 0]; bytes < BYTES; n++) {
    const port = random.chance(changed) ? 40_000 + random.int(9999) : n;
    const line =
      `add action=accept chain=forward comment="rule ${n}" dst-port=${port} \\\n    password=p${port} protocol=tcp`;
    lines.push(line, ...(n % 50 === 49 ? [`/ip section${n}`] : []));
    bytes += line.length;
  }
  return lines.join("\n");
}

/** The files of a controller of 64 KB; each segment is another one by this chance. */
function filesOf(random: Random, changed: number): string {
  const presets: Record<string, unknown> = {};
  for (let [bytes, n] = [0, 1]; bytes < BYTES; n++) {
    const color = random.chance(changed) ? [random.int(256), random.int(256), random.int(256)] : [n % 256, 0, 0];
    presets[n] = { n: `Preset ${n}`, on: true, bri: 128, seg: [{ id: 0, fx: n % 100, col: [color, [0, 0, 0]] }] };
    bytes += JSON.stringify(presets[n]).length;
  }
  return JSON.stringify({ cfg: { hw: { led: { total: 30 } }, nw: { ins: [{ psk: "secret" }] } }, presets });
}

/** The same lines in another order, many of them several times: the worst for a search of what stayed. */
function shuffled(random: Random): string {
  const lines = Array.from({ length: 2000 }, () => `add dst-address=10.0.${random.int(200)}.0/24`);
  return ["/ip route", ...lines].join("\n");
}

interface Case {
  readonly name: string;
  readonly type: ResourceType;
  readonly before: string;
  readonly after: string;
}

function casesOf(): readonly Case[] {
  const random = createRandom(64);
  const pair = (name: string, type: ResourceType, make: (changed: number) => string, changed: number): Case => ({
    name,
    type,
    before: make(0),
    after: make(changed),
  });
  const router = (changed: number) => exportOf(random, changed);
  const light = (changed: number) => filesOf(random, changed);
  return [
    pair("routeros, few changes", "routeros", router, 0.01),
    pair("routeros, half of it changed", "routeros", router, 0.5),
    pair("routeros, all of it changed", "routeros", router, 1),
    { name: "routeros, in another order", type: "routeros", before: shuffled(random), after: shuffled(random) },
    pair("wled, few changes", "wled", light, 0.01),
    pair("wled, half of it changed", "wled", light, 0.5),
    pair("wled, all of it changed", "wled", light, 1),
  ];
}

/** What a look at a device costs the event loop, once its answer is there: the stored text is normalised already. */
async function look({ type, before, after }: Case): Promise<{ readonly ms: number; readonly changes: number }> {
  const begun = performance.now();
  const text = await TEXT_KINDS[type].normalise(after, mask, NEVER) ?? "";
  const { edits, changes } = compare(before, text, type);
  unifiedText(hunksOf(edits, 20_000).hunks, { before: "a", after: "b" });
  return { ms: performance.now() - begun, changes: changes.length };
}

export const configDiff: Bench = {
  name: "config-diff",
  run: async () => {
    const rows: (string | number)[][] = [];
    for (const given of casesOf()) {
      const ready = { ...given, before: await TEXT_KINDS[given.type].normalise(given.before, mask, NEVER) ?? "" };
      const runs: Awaited<ReturnType<typeof look>>[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await look(ready));
      // The first ones warm up.
      const times = runs.slice(5).map(({ ms }) => ms);
      const [middle, most] = [median(times), Math.max(...times)];
      rows.push([given.name, runs[0]?.changes ?? 0, figure(middle), figure(most), verdict(middle < GOAL_MS)]);
    }
    return [{
      title: "A changed configuration: normalise, compare, tell what changed",
      columns: ["64 KB", "changes", "median ms", "max ms", `under ${GOAL_MS} ms`],
      rows,
      notes: [
        `${RUNS - 5} runs each, after 5 to warm up. The goal is for the median: whatever else runs is in the maximum.`,
      ],
    }];
  },
};
