import type { Filter } from "../../src/audit/mod.ts";
import { filePlace, openEngine, type TestEngine } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { percentile, turnLoop, watchLoop } from "./measure.ts";
import { CLOCK_STEP, entityId, entityName, LOG_DAYS, LOG_START, RARE_WORD } from "./sample_log.ts";
import { fillTextIndex } from "./text_indexing.ts";

const REPEATS = 30;
const BUCKETS = 60;
const BLOCK_LIMIT_MS = 50;
/** Milliseconds for facets and histogram together, by the size of the log. */
const limitFor = (rows: number) => rows > 1_000_000 ? 500 : 150;

const DAY = 86_400_000;
const at = (day: number) => new Date(LOG_START + day * DAY).toISOString();

/** What a page with chips and a strip asks for at each change of its filter. */
const CASES: readonly (readonly [name: string, filter: Filter])[] = [
  ["everything", {}],
  ["category, common", { categories: ["device"] }],
  ["severity, rare", { severities: ["error"] }],
  ["action", { actions: ["device.offline", "device.online"] }],
  ["actor, common", { actor: "desk" }],
  ["actor, absent", { actor: "nobody" }],
  ["entity, most common", { entityId: entityId(0) }],
  ["entity, common", { entityId: entityId(24) }],
  ["entities with a tag", { entityIds: Array.from({ length: 20 }, (_, k) => entityId(100 + k)) }],
  ["last 30 days", { since: at(LOG_DAYS - 30.3) }],
  ["last day", { since: at(LOG_DAYS - 1.1) }],
  ["last hour", { since: at(LOG_DAYS - 1 / 8) }],
  ["12.3 days in the middle, one category", { categories: ["entity"], since: at(30.4), until: at(42.7) }],
  ["around a step of the clock", { since: at(LOG_DAYS * CLOCK_STEP - 0.1), until: at(LOG_DAYS * CLOCK_STEP + 0.1) }],
  ["text, common", { q: "lamp" }],
  ["text, rare", { q: RARE_WORD }],
  ["text, absent", { q: "nowhere to be found" }],
  ["text of two letters", { q: "zq" }],
  ["entity name", { entityName: entityName(24) }],
  ["metadata", { metadataKey: "brightness", metadataValue: "77" }],
];

interface Samples {
  readonly ms: number[];
  block: number;
  partial: boolean;
  total: number;
}

async function measure(engine: TestEngine): Promise<readonly Samples[]> {
  const samples = CASES.map((): Samples => ({ ms: [], block: 0, partial: false, total: 0 }));
  const loop = watchLoop();
  for (let repeat = -1; repeat < REPEATS; repeat++) {
    for (const [i, [, filter]] of CASES.entries()) {
      await turnLoop();
      loop.longestMs();
      const begun = performance.now();
      const [facets, histogram] = await Promise.all([
        engine.query.facets(filter),
        engine.query.histogram(filter, BUCKETS),
      ]);
      const ms = performance.now() - begun;
      if (repeat < 0) continue;
      const sample = samples[i]!;
      sample.ms.push(ms);
      sample.block = Math.max(sample.block, loop.longestMs());
      sample.partial ||= facets.partial || histogram.partial;
      sample.total = facets.total;
    }
  }
  loop.stop();
  return samples;
}

function toTable(rows: number, samples: readonly Samples[]): Table {
  const limit = limitFor(rows);
  return {
    title: `${
      rows.toLocaleString("en-US")
    } entries, facets and histogram together: p99 < ${limit} ms, event loop held < ${BLOCK_LIMIT_MS} ms`,
    columns: ["filter", "p50 ms", "p99 ms", "block max ms", "partial", "total", ""],
    rows: CASES.map(([name], i) => {
      const { ms, block, partial, total } = samples[i]!;
      const p99 = percentile(ms, 0.99);
      const met = p99 < limit && block < BLOCK_LIMIT_MS;
      return [
        name,
        figure(percentile(ms, 0.5)),
        figure(p99),
        figure(block),
        partial ? "yes" : "no",
        figure(total),
        verdict(met),
      ];
    }),
    notes: [`${REPEATS} times each, all filters in turn; both asked for at once, as the page does`],
  };
}

export const tally: Bench = {
  name: "tally",
  run: async ({ rows, keep }) => {
    const tables: Table[] = [];
    await withFilledLog(rows, keep, async (dir) => {
      await fillTextIndex(dir, rows);
      const engine = await openEngine(filePlace(dir));
      tables.push(toTable(rows, await measure(engine)));
      await engine.close();
    });
    return tables;
  },
};
