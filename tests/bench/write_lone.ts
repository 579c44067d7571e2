import { join } from "node:path";
import type { Draft } from "../../src/audit/entry.ts";
import { filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";
import { fieldsOf, openBareLog } from "./bare_log.ts";
import { type Bench, figure, ratioFigure, type Table, verdict } from "./bench.ts";
import { type Measured, median, pairedRounds, percentile, ratioTo, type Variant } from "./measure.ts";
import { createSampleLog } from "./sample_log.ts";

const PIECES = 20;
const COMMITS_A_PIECE = 100;
const COMMITS = PIECES * COMMITS_A_PIECE;
const TARGET = 0.8;

interface Timed extends Variant {
  /** Microseconds. */
  readonly latencies: number[];
}

/** One caller that waits for each commit before the next. `index` goes on from piece to piece. */
function loneCaller(
  name: string,
  drafts: readonly Draft[],
  commit: (draft: Draft, index: number) => Promise<void> | void,
): Timed {
  const latencies: number[] = [];
  let index = 0;
  const piece = async () => {
    const start = performance.now();
    for (let i = 0; i < COMMITS_A_PIECE; i++, index++) {
      const begun = performance.now();
      const committed = commit(drafts[index]!, index);
      if (committed) await committed;
      latencies.push((performance.now() - begun) * 1000);
    }
    return { count: COMMITS_A_PIECE, ms: performance.now() - start };
  };
  return { name, latencies, piece };
}

/** Records one entry and resolves once it is committed, as a request does. */
export async function recordDurably(engine: TestEngine, draft: Draft): Promise<void> {
  let committed: Promise<void> | undefined;
  const recorded = (promise: Promise<void>) => void (committed = promise);
  engine.context.run(
    { actor: draft.actor, recorded },
    () => engine.recorder.record(draft.category, draft.action, fieldsOf(draft)),
  );
  await committed;
}

/** A figure counts only when everything was stored. */
export async function closeComplete(engine: TestEngine, entries: number): Promise<void> {
  const { lost, head_seq } = await engine.health();
  await engine.close();
  if (lost > 0 || head_seq !== entries) {
    throw new Error(`Cannot trust the figures: ${head_seq} of ${entries} entries are stored, ${lost} are lost`);
  }
}

const changeDurably = (engine: TestEngine, draft: Draft) =>
  engine.recorder.change((tx) => {
    tx.record(draft.category, draft.action, fieldsOf(draft));
    return Promise.resolve();
  });

async function measure(
  dir: string,
  rounds: number,
): Promise<{ measured: readonly Measured[]; variants: readonly Timed[] }> {
  const sample = createSampleLog(COMMITS * (rounds + 1));
  const drafts = Array.from({ length: COMMITS * (rounds + 1) }, (_, i) => sample(i));
  const open = async (name: string) => {
    await Deno.mkdir(join(dir, name));
    return await openEngine(filePlace(join(dir, name)));
  };
  const engines = [await open("record"), await open("change"), await open("followed")] as const;
  const bare = openBareLog(join(dir, "bare.db"), drafts);
  const following = new AbortController();
  engines[2].start(following.signal);
  const variants = [
    loneCaller("`record`, awaited", drafts, (draft) => recordDurably(engines[0], draft)),
    loneCaller("`change` with one entry", drafts, (draft) => changeDurably(engines[1], draft)),
    loneCaller("`record` while the text index follows", drafts, (draft) => recordDurably(engines[2], draft)),
    loneCaller("bare libSQL commit", drafts, (_draft, index) => bare.commitRow(index)),
  ];
  const measured = await pairedRounds(variants, rounds, PIECES);
  following.abort();
  for (const engine of engines) await closeComplete(engine, drafts.length);
  bare.close();
  return { measured, variants };
}

export const writeLone: Bench = {
  name: "write_lone",
  run: async ({ rounds }) => {
    const tables: Table[] = [];
    await withTempDir(async (dir) => {
      const { measured, variants } = await measure(dir, rounds);
      tables.push({
        title: `A lone recorded action, acknowledged after its commit (target ≥ ${TARGET} × bare)`,
        columns: ["way", "entries/s", "p50 µs", "p99 µs", "ratio (lowest–highest)", ""],
        rows: measured.map((each, i) => [
          each.name,
          figure(median(each.rates)),
          figure(percentile(variants[i]!.latencies, 0.5)),
          figure(percentile(variants[i]!.latencies, 0.99)),
          ratioFigure(ratioTo(measured.at(-1)!, each)),
          i === measured.length - 1 ? "baseline" : verdict(ratioTo(measured.at(-1)!, each).median >= TARGET),
        ]),
        notes: [`${rounds} rounds of ${PIECES} × ${COMMITS_A_PIECE} commits in turn, WAL, synchronous=FULL`],
      });
    });
    return tables;
  },
};
