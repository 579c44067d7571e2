import { join } from "node:path";
import { createEntryIds } from "../../src/audit/ids.ts";
import type { Draft } from "../../src/audit/entry.ts";
import { filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";
import { seededEntropy } from "./bare_log.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { installBetterSqlite3, openBetterSqlite3 } from "./better_sqlite3.ts";
import { pairedRounds, percentile, ratePerSecond, type Variant } from "./measure.ts";
import { createSampleLog } from "./sample_log.ts";
import { recordDurably } from "./write_lone.ts";

const CALLERS = 64;
const PER_ROUND = CALLERS * 200;
const TARGET = 1;
const TITLE = `64 concurrent callers that each wait for their commit (target ≥ ${TARGET.toFixed(1)} × better-sqlite3)`;

/** All callers share one list and take the next entry as soon as theirs is committed. */
function concurrentCallers(
  name: string,
  engine: TestEngine,
  drafts: readonly Draft[],
): Variant & { readonly latencies: number[] } {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (end: number) => {
    while (next < end) {
      const begun = performance.now();
      await recordDurably(engine, drafts[next++]!);
      latencies.push((performance.now() - begun) * 1000);
    }
  };
  const round = () =>
    ratePerSecond(PER_ROUND, async () => {
      const end = next + PER_ROUND;
      await Promise.all(Array.from({ length: CALLERS }, () => caller(end)));
    });
  return { name, latencies, round };
}

/** The same entries as columns of the seed schema. */
async function writeRows(path: string, drafts: readonly Draft[]): Promise<void> {
  const entryId = createEntryIds(seededEntropy(3));
  const lines = drafts.map((draft, i) =>
    JSON.stringify([entryId(i + 1), ...Object.values({ ...draft, metadata: JSON.stringify(draft.metadata) })])
  );
  await Deno.writeTextFile(path, lines.join("\n"));
}

async function measure(dir: string, rounds: number, home: string): Promise<Table> {
  const sample = createSampleLog(PER_ROUND * (rounds + 1));
  const drafts = Array.from({ length: PER_ROUND * (rounds + 1) }, (_, i) => sample(i));
  await writeRows(join(dir, "rows"), drafts);
  const open = async (name: string) => {
    await Deno.mkdir(join(dir, name));
    return await openEngine(filePlace(join(dir, name)));
  };
  const [engine, followed] = [await open("engine"), await open("followed")];
  const node = await openBetterSqlite3(home, join(dir, "node.db"), join(dir, "rows"));
  const following = new AbortController();
  followed.start(following.signal);
  const ours = [
    concurrentCallers("64 callers, `record` awaited", engine, drafts),
    concurrentCallers("the same while the text index follows", followed, drafts),
  ];
  const baseline = {
    name: "better-sqlite3, 64 a transaction",
    round: async () => PER_ROUND * 1000 / await node.insert(PER_ROUND),
  };
  const measured = await pairedRounds([...ours, baseline], rounds);
  following.abort();
  for (const each of [engine, followed]) await each.close();
  await node.close();
  return {
    title: TITLE,
    columns: ["way", "entries/s", "p50 µs", "p99 µs", "ratio (lowest–highest)", ""],
    rows: measured.map(({ name, perSecond, ratio, lowestRatio, highestRatio }, i) => [
      name,
      figure(perSecond),
      figure(percentile(ours[i]?.latencies ?? [], 0.5)),
      figure(percentile(ours[i]?.latencies ?? [], 0.99)),
      `${figure(ratio)} (${figure(lowestRatio)}–${figure(highestRatio)})`,
      i === ours.length ? "baseline" : verdict(ratio >= TARGET),
    ]),
    notes: [
      `${rounds} paired rounds of ${PER_ROUND} entries each; better-sqlite3 on Node ${node.node}, SQLite ${node.sqlite}, WAL, synchronous=FULL`,
      "its schema: unique id, indexes on (ts, seq), category, severity, actor, (entity_type, entity_id); ids ascend, which favours it",
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
