import { existsSync } from "node:fs";
import { join } from "node:path";
import { appendEntries } from "../../src/audit/append.ts";
import { createEntryIds } from "../../src/audit/ids.ts";
import { createKinds } from "../../src/audit/kinds.ts";
import type { Reader, SqlRow, SqlValue, Tx } from "../../src/audit/ports.ts";
import { databaseFile } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import type { Connection } from "../../src/sql/connection.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { seededEntropy } from "./bare_log.ts";
import { createSampleLog } from "./sample_log.ts";

const PER_COMMIT = 10_000;

/** A reader, and a transaction that the caller begins and commits, on a bare connection. */
function onConnection(db: Connection): Tx {
  const all: Reader["all"] = <R extends object>(sql: string, args: readonly SqlValue[] = []) =>
    // The caller names the row's shape as it names the columns in the text.
    Promise.resolve(db.all(sql, args) as readonly SqlRow[] as readonly R[]);
  return {
    transaction: Symbol("filling"),
    all,
    get: async <R extends object>(sql: string, args: readonly SqlValue[] = []) => (await all<R>(sql, args))[0],
    run: (sql, args = []) => Promise.resolve(db.run(sql, args)),
  };
}

/** Fills a new database with the sample log, by the engine's own functions in large commits. */
async function fill(dir: string, rows: number): Promise<void> {
  const empty = await openEngine(filePlace(dir));
  await empty.close();
  const db = openFile(databaseFile(dir), "write");
  db.exec("PRAGMA synchronous = OFF");
  const tx = onConnection(db);
  const kinds = createKinds(tx);
  const deps = { kinds, entryId: createEntryIds(seededEntropy(5)) };
  const sample = createSampleLog(rows);
  for (let head = 0; head < rows; head += PER_COMMIT) {
    const drafts = Array.from({ length: Math.min(PER_COMMIT, rows - head) }, (_, i) => sample(head + i));
    db.run("BEGIN IMMEDIATE", []);
    const { newKind } = await appendEntries(tx, { head, enabled: true }, drafts, deps);
    db.run("COMMIT", []);
    if (newKind) await kinds.refresh();
    if (head % 1_000_000 === 0) console.error(`filling: ${head} of ${rows} entries`);
  }
  db.exec("UPDATE activity_state SET max_days = NULL, max_entries = NULL");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

/** Runs the work on a directory with a log of that many entries; with `keep` it stays for the next run. */
export async function withFilledLog(
  rows: number,
  keep: string | undefined,
  work: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = keep === undefined
    ? await Deno.makeTempDir({ prefix: "lumenlog-bench-" })
    : join(keep, `lumenlog-bench-${rows}`);
  const done = join(dir, "filled");
  try {
    if (!existsSync(done)) {
      await Deno.mkdir(dir, { recursive: true });
      await fill(dir, rows);
      await Deno.writeTextFile(done, "");
    }
    await work(dir);
  } finally {
    if (keep === undefined) await Deno.remove(dir, { recursive: true });
  }
}
