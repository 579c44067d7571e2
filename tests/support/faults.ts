import { assert, assertEquals } from "@std/assert";
import { createAuditEngine, type Entry, seqOfEntryId } from "../../src/audit/mod.ts";
import type { Sql, Turn } from "../../src/audit/ports.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import { createActorContext } from "../../src/base/context.ts";
import { type DatabasePlace, openDatabase } from "../../src/runtime/database.ts";
import { openInBackground } from "../../src/runtime/libsql_background.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { createGroupCommitSql } from "../../src/sql/group_commit.ts";
import { dbPath, filePlace } from "./engine.ts";

/** Real turns of the event loop, with every wait cut short, so that a test need not sit through a retry. */
function quickTurn(): Turn & { waits(): number } {
  const { turn } = systemPorts();
  let waits = 0;
  const delay: Turn["delay"] = (callback, ms) =>
    turn.delay(() => {
      waits++;
      callback();
    }, Math.min(ms, 5));
  return { after: turn.after, delay, waits: () => waits };
}

async function engineOn(sql: Sql, turn: ReturnType<typeof quickTurn>) {
  const ports = { ...systemPorts(), turn };
  const context = createActorContext();
  const engine = await createAuditEngine({ ...ports, sql, scope: context.current });
  /** Records one entry, and resolves once it is stored or counted as lost. */
  const recordOne = (message: string) => {
    let committed = Promise.resolve();
    const recorded = (promise: Promise<void>) => void (committed = promise);
    context.run({ actor: "desk", recorded }, () => engine.recorder.record("system", "fault", { message }));
    return committed;
  };
  const close = async () => {
    await engine.stop();
    await sql.close();
  };
  /** `waits`: how often a retry, or another wait, has come to its end. */
  return { ...engine, sql, recordOne, waits: turn.waits, close };
}

export type QuickEngine = Awaited<ReturnType<typeof engineOn>>;

/** The real engine that retries quickly. */
export async function openQuickEngine(place: DatabasePlace): Promise<QuickEngine> {
  const opened = await openDatabase(place, { ...systemPorts(), migrations: readMigrations(programRoot()) });
  if (!opened.ok) throw new Error(opened.reason);
  return await engineOn(opened.sql, quickTurn());
}

/** The same on a file, with the connection that writes, to make it fail. The file gets a table `thing`. */
export async function openFaultyEngine(dir: string) {
  await (await openQuickEngine(filePlace(dir))).close();
  const writer = openFile(dbPath(dir), "write");
  writer.exec("CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, value ANY) STRICT");
  const turn = quickTurn();
  const engine = await engineOn(
    createGroupCommitSql({
      writer,
      reader: openFile(dbPath(dir), "read"),
      background: openInBackground(dbPath(dir)),
      turn,
    }),
    turn,
  );
  return { ...engine, writer };
}

export type FaultyEngine = Awaited<ReturnType<typeof openFaultyEngine>>;

export type LogRow = Entry & { readonly seq: number };

/** Every row of the log, after a check that it is one: seq contiguous from 1, ids in step, nothing twice. */
export async function readSoundLog(sql: Sql): Promise<readonly LogRow[]> {
  const rows = await readRowsAfter(sql, 0, 1_000_000);
  // Our own canonical text.
  const log = rows.map(({ seq, entry }) => ({ seq, ...JSON.parse(entry) as Entry }));
  assertEquals(log.map((row) => row.seq), log.map((_, index) => index + 1));
  assertEquals(log.map((row) => seqOfEntryId(row.id)), log.map((row) => row.seq));
  assertEquals(new Set(log.map((row) => row.id)).size, log.length);
  return log;
}

/** How many entries the log owns up to having lost. */
export const lossesOnRecord = (log: readonly LogRow[]): number =>
  log.filter((row) => row.action === "activity_log.entries_lost")
    .reduce((sum, row) => sum + Number(row.metadata["count"]), 0);

/** Opens the database as the next start does, checks it and goes on writing. */
export async function reopenAndGoOn(place: DatabasePlace): Promise<readonly LogRow[]> {
  const engine = await openQuickEngine(place);
  try {
    assertEquals(await engine.sql.get("PRAGMA integrity_check"), { integrity_check: "ok" });
    const before = await readSoundLog(engine.sql);
    await engine.recordOne("going on");
    while (await engine.textIndex.step());
    const after = await readSoundLog(engine.sql);
    assertEquals(after.slice(0, -1), [...before]);
    assertEquals(after.at(-1)!.message, "going on");
    const { storing, unrecorded, text_behind } = await engine.health();
    assertEquals({ storing, unrecorded, text_behind }, { storing: true, unrecorded: 0, text_behind: 0 });
    return before;
  } finally {
    await engine.close();
  }
}

/** Waits for what must come; the limit only turns a hang into a message. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 60_000;
  while (!(await holds())) {
    assert(Date.now() < limit, `never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until every loss is on record. */
export const untilLossesAreRecorded = (engine: QuickEngine) =>
  until("the losses are on record", async () => (await engine.health()).unrecorded === 0);
