import { join } from "node:path";
import { createEntryIds } from "../../src/audit/ids.ts";
import type { Draft } from "../../src/audit/entry.ts";
import { filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";
import { seededEntropy } from "./bare_log.ts";
import { type Bench, figure, ratioFigure, type Table, verdict } from "./bench.ts";
import { installBetterSqlite3, openBetterSqlite3 } from "./better_sqlite3.ts";
import { median, pairedRounds, percentile, ratioTo, type Variant } from "./measure.ts";
import { createSampleLog } from "./sample_log.ts";
import { closeComplete, recordDurably } from "./write_lone.ts";

const CALLERS = 64;
const PIECES = 20;
const PER_PIECE = CALLERS * 10;
const PER_ROUND = PER_PIECE * PIECES;
const TARGET = 1;
const TITLE = `64 concurrent callers that each wait for their commit (target ≥ ${TARGET.toFixed(1)} × better-sqlite3)`;

interface Timed extends Variant {
  /** Microseconds. */
  readonly latencies: number[];
}

/** All callers share one list and take the next entry as soon as theirs is committed. */
function concurrentCallers(name: string, engine: TestEngine, drafts: readonly Draft[]): Timed {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (end: number) => {
    while (next < end) {
      const begun = performance.now();
      await recordDurably(engine, drafts[next++]!);
      latencies.push((performance.now() - begun) * 1000);
    }
  };
  const piece = async () => {
    const begun = performance.now();
    const end = next + PER_PIECE;
    await Promise.all(Array.from({ length: CALLERS }, () => caller(end)));
    return { count: PER_PIECE, ms: performance.now() - begun };
  };
  return { name, latencies, piece };
}

/** The same entries as columns of the seed schema, with ids as ours or, as the seed makes them, at random. */
async function writeRows(path: string, drafts: readonly Draft[], ids: "ascending" | "random"): Promise<void> {
  const entryId = createEntryIds(seededEntropy(3));
  const idOf = (seq: number) => {
    const id = entryId(seq);
    return ids === "ascending" ? id : "al_" + id.slice(13) + id.slice(3, 13);
  };
  const lines = drafts.map((draft, i) =>
    JSON.stringify([idOf(i + 1), ...Object.values({ ...draft, metadata: JSON.stringify(draft.metadata) })])
  );
  await Deno.writeTextFile(path, lines.join("\n"));
}

/** better-sqlite3 in Node with a database of its own. */
async function openBaseline(dir: string, home: string, drafts: readonly Draft[], ids: "ascending" | "random") {
  const rows = join(dir, `rows-${ids}`);
  await writeRows(rows, drafts, ids);
  const node = await openBetterSqlite3(home, join(dir, `${ids}.db`), rows);
  const piece = async () => ({ count: PER_PIECE, ms: await node.insert(PER_PIECE) });
  return { node, name: `better-sqlite3, 64 a transaction, ${ids} ids`, piece };
}

async function openEngineIn(dir: string): Promise<TestEngine> {
  await Deno.mkdir(dir);
  return await openEngine(filePlace(dir));
}

async function measure(dir: string, rounds: number, home: string): Promise<Table> {
  const sample = createSampleLog(PER_ROUND * (rounds + 1));
  const drafts = Array.from({ length: PER_ROUND * (rounds + 1) }, (_, i) => sample(i));
  const engines = [await openEngineIn(join(dir, "engine")), await openEngineIn(join(dir, "followed"))] as const;
  const seeds = [
    await openBaseline(dir, home, drafts, "random"),
    await openBaseline(dir, home, drafts, "ascending"),
  ] as const;
  const following = new AbortController();
  engines[1].start(following.signal);
  const ours = [
    concurrentCallers("64 callers, `record` awaited", engines[0], drafts),
    concurrentCallers("the same while the text index follows", engines[1], drafts),
  ];
  const measured = await pairedRounds([...ours, ...seeds], rounds, PIECES);
  following.abort();
  for (const engine of engines) await closeComplete(engine, drafts.length);
  for (const { node } of seeds) await node.close();
  const [random, ascending] = [measured[2]!, measured[3]!];
  return {
    title: TITLE,
    columns: ["way", "entries/s", "p50 µs", "p99 µs", "to random ids", "to ascending ids", ""],
    rows: measured.map((each, i) => [
      each.name,
      figure(median(each.rates)),
      figure(percentile(ours[i]?.latencies ?? [], 0.5)),
      figure(percentile(ours[i]?.latencies ?? [], 0.99)),
      ratioFigure(ratioTo(random, each)),
      ratioFigure(ratioTo(ascending, each)),
      i < ours.length ? verdict(ratioTo(ascending, each).median >= TARGET) : "baseline",
    ]),
    notes: [
      `${rounds} rounds of ${PIECES} × ${PER_PIECE} entries in turn; better-sqlite3 on Node ${seeds[0].node.node}, ` +
      `SQLite ${seeds[0].node.sqlite}, WAL, synchronous=FULL`,
      "its schema: unique id, indexes on (ts, seq), category, severity, actor, (entity_type, entity_id)",
    ],
  };
}

export const write64: Bench = {
  name: "write_64",
  run: async ({ rounds }) => {
    const installed = await installBetterSqlite3();
    if (!installed.ok) {
      return [{
        title: TITLE,
        columns: [],
        rows: [],
        notes: [`**SKIPPED: better-sqlite3 cannot be installed here.** ${installed.reason}`],
      }];
    }
    const tables: Table[] = [];
    await withTempDir(async (dir) => void tables.push(await measure(dir, rounds, installed.home)));
    return tables;
  },
};
