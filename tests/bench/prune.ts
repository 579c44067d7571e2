import { copyFile, open, stat } from "node:fs/promises";
import { databaseFile } from "../../src/runtime/database.ts";
import { filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { percentile, watchLoop } from "./measure.ts";
import { fillTextIndex } from "./text_indexing.ts";

const WRITES_PER_SECOND = 50;
const WAIT_LIMIT_MS = 100;
const SHRINK_LIMIT = 0.8;

/**
 * Records an entry fifty times a second until told to stop; how long each was waited for since it was due, in
 * milliseconds: a held event loop delays the asking too.
 */
function writeSteadily({ recorder }: TestEngine) {
  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  let due = performance.now();
  const write = () => {
    const begun = due += 1000 / WRITES_PER_SECOND;
    pending.push(
      recorder.change((tx) => {
        tx.record("system", "tick", { message: "A write while the beginning of the log is removed" });
        return Promise.resolve();
      }).then(() => void waits.push(performance.now() - begun)),
    );
  };
  const timer = setInterval(() => {
    while (due <= performance.now() - 1000 / WRITES_PER_SECOND) write();
  }, 5);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
    return waits;
  };
}

/** The first commit would otherwise wait until all of the copy is on the disk. */
async function flush(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync();
  await file.close();
}

async function measure(dir: string, rows: number): Promise<Table> {
  const engine = await openEngine(filePlace(dir));
  const before = (await stat(databaseFile(dir))).size;
  const stopWriting = writeSteadily(engine);
  const loop = watchLoop();
  const quiet = await new Promise<number>((resolve) => setTimeout(() => resolve(loop.longestMs()), 2000));
  const begun = performance.now();
  await engine.settings.change({ maxDays: null, maxEntries: rows / 10 });
  await engine.retention.run();
  const seconds = (performance.now() - begun) / 1000;
  const block = loop.longestMs();
  loop.stop();
  const waits = await stopWriting();
  const error = engine.retention.lastError();
  if (error !== undefined) throw error;
  const left = await engine.query.page({ filter: {}, limit: 1 });
  await engine.close();
  const after = (await stat(databaseFile(dir))).size;
  const shrunk = 1 - after / before;
  const longest = Math.max(...waits);
  return {
    title: `Removing 90 % of ${
      rows.toLocaleString("en-US")
    } entries while ${WRITES_PER_SECOND} writes a second go on: none waits > ${WAIT_LIMIT_MS} ms, the file shrinks ≥ 80 %`,
    columns: ["seconds", "write p50 ms", "write p99 ms", "longest write ms", "event loop held ms", "file", ""],
    rows: [[
      figure(seconds),
      figure(percentile(waits, 0.5)),
      figure(percentile(waits, 0.99)),
      figure(longest),
      figure(block),
      `${figure(before / 1e6)} → ${figure(after / 1e6)} MB (−${figure(shrunk * 100)} %)`,
      verdict(longest <= WAIT_LIMIT_MS && shrunk >= SHRINK_LIMIT),
    ]],
    notes: [
      `${waits.length} writes; the text index was full; ${left.total}${left.totalCapped ? "+" : ""} entries are left`,
      `event loop held in the two quiet seconds before: ${figure(quiet)} ms`,
    ],
  };
}

export const prune: Bench = {
  name: "prune",
  run: async ({ rows, keep }) => {
    const tables: Table[] = [];
    await withFilledLog(rows, keep, async (dir) => {
      await fillTextIndex(dir, rows);
      // What is kept for the next benchmark stays whole.
      await withTempDir(async (copy) => {
        await copyFile(databaseFile(dir), databaseFile(copy));
        await flush(databaseFile(copy));
        tables.push(await measure(copy, rows));
      });
    });
    return tables;
  },
};
