import { filePlace, openEngine, type TestEngine } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { percentile, turnLoop, watchLoop } from "./measure.ts";
import { type QueryCase, queryCases } from "./query_cases.ts";
import { fillTextIndex } from "./text_indexing.ts";

const repeatsFor = (rows: number) => rows > 1_000_000 ? 40 : 200;
const LIMIT_MS: Readonly<Record<QueryCase["group"], number>> = { single: 10, combined: 100, text: 100 };
const LARGE_LIMIT_MS = 1000;
const limitFor = (group: QueryCase["group"], rows: number) => rows > 1_000_000 ? LARGE_LIMIT_MS : LIMIT_MS[group];
const BLOCK_LIMIT_MS = 50;

interface Samples {
  readonly ms: number[];
  /** Longest time between two turns of the event loop during each query. */
  readonly blocks: number[];
  partial: number;
  last: string;
}

/**
 * Milliseconds of a piece of plain arithmetic: how far its p99 is above its p50 is what the machine adds to every row.
 */
function arithmetic(): number {
  const begun = performance.now();
  let x = 1;
  for (let i = 0; i < 600_000; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0;
  return x === 0 ? NaN : performance.now() - begun; // uses x, so that the loop stays
}

/** Asks all cases in turn, so that none profits from having the cache for itself. The first turn warms up. */
async function measure(
  engine: TestEngine,
  cases: readonly QueryCase[],
  repeats: number,
): Promise<{ samples: readonly Samples[]; control: readonly number[] }> {
  const samples = cases.map((): Samples => ({ ms: [], blocks: [], partial: 0, last: "" }));
  const control: number[] = [];
  const loop = watchLoop();
  for (let repeat = -1; repeat < repeats; repeat++) {
    for (let i = 0; i < 10; i++) control.push(arithmetic());
    for (const [i, { request }] of cases.entries()) {
      await turnLoop();
      loop.longestMs();
      const begun = performance.now();
      const page = await engine.query.page(request);
      const ms = performance.now() - begun;
      const block = loop.longestMs();
      if (repeat < 0) continue;
      const sample = samples[i]!;
      sample.ms.push(ms);
      sample.blocks.push(block);
      if (page.partial) sample.partial++;
      sample.last = `${page.total}${page.totalCapped ? "+" : ""}`;
    }
  }
  loop.stop();
  return { samples, control };
}

function toTable(
  group: QueryCase["group"],
  rows: number,
  cases: readonly QueryCase[],
  samples: readonly Samples[],
  control: readonly number[],
): Table {
  const limit = limitFor(group, rows);
  const chosen = cases.map((each, i) => ({ name: each.name, group: each.group, sample: samples[i]! }));
  return {
    title: `${
      rows.toLocaleString("en-US")
    } entries, ${group}: p99 < ${limit} ms, event loop held < ${BLOCK_LIMIT_MS} ms`,
    columns: ["query", "p50 ms", "p99 ms", "block p99 ms", "block max ms", "partial", "total", ""],
    rows: chosen.filter((each) => each.group === group).map(({ name, sample: { ms, blocks, partial, last } }) => [
      name,
      figure(percentile(ms, 0.5)),
      figure(percentile(ms, 0.99)),
      figure(percentile(blocks, 0.99)),
      figure(Math.max(...blocks)),
      `${Math.round(100 * partial / ms.length)} %`,
      last,
      verdict(percentile(ms, 0.99) < limit && Math.max(...blocks) < BLOCK_LIMIT_MS),
    ]),
    notes: [
      `${repeatsFor(rows)} times each, all queries in turn`,
      `plain arithmetic in between: p50 ${figure(percentile(control, 0.5))} ms, p99 ${
        figure(percentile(control, 0.99))
      } ms, ` +
      `max ${figure(Math.max(...control))} ms; a machine of our own would show three equal figures`,
    ],
  };
}

export const query: Bench = {
  name: "query",
  run: async ({ rows, keep }) => {
    const tables: Table[] = [];
    await withFilledLog(rows, keep, async (dir) => {
      tables.push(await fillTextIndex(dir, rows));
      const engine = await openEngine(filePlace(dir));
      const cases = queryCases(rows);
      const { samples, control } = await measure(engine, cases, repeatsFor(rows));
      await engine.close();
      for (const group of ["single", "combined", "text"] as const) {
        tables.push(toTable(group, rows, cases, samples, control));
      }
    });
    return tables;
  },
};
