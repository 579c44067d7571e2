import { join } from "node:path";
import type { Draft } from "../../src/audit/entry.ts";
import type { Entry } from "../../src/audit/mod.ts";
import { seqOfEntryId } from "../../src/audit/mod.ts";
import { exchangeRows } from "../../src/backups/restore_exchange.ts";
import { databaseFile } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { readyCopy } from "../../src/runtime/restore_copy.ts";
import { exchangeBetween } from "../../src/runtime/restore_exchange.ts";
import { snapshotDatabase } from "../../src/runtime/snapshot.ts";
import { assertEquals } from "../support/assert.ts";
import { filePlace, openEngine, type TestEngine } from "../support/engine.ts";
import { openApp, type TestApp } from "../support/app.ts";

/** A folder of its own inside the test's. */
export async function folderIn(dir: string, name: string): Promise<string> {
  const path = join(dir, name);
  await Deno.mkdir(path, { recursive: true });
  return path;
}

/** Works with the engine on a folder's database, which may be new. */
export async function withEngineOn(dir: string, work: (engine: TestEngine) => Promise<void>): Promise<void> {
  const engine = await openEngine(filePlace(dir));
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

/** Works with the whole server on a folder's database, which may be new. */
export async function withAppOn(dir: string, work: (app: TestApp) => Promise<void>, declared = ""): Promise<void> {
  const app = await openApp(dir, { declared });
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

/** Records that many entries, of a few kinds. */
export async function recordSome(
  engine: TestEngine,
  count: number,
  fields: Partial<Pick<Draft, "category" | "action" | "actor">> = {},
): Promise<void> {
  const { category = "system", action = "server.started", actor = "system" } = fields;
  await engine.recorder.change((tx) => {
    for (let i = 0; i < count; i++) {
      tx.record(category, action, {
        actor,
        entityType: i % 3 === 0 ? "gradient" : null,
        entityId: i % 3 === 0 ? `gr_${i % 7}` : null,
        message: `Entry ${i} “ö” of ${actor}`,
      });
    }
    return Promise.resolve();
  });
}

/** A copy of a folder's database, as a backup holds it. */
export async function copyOf(dir: string, name = "copy.db"): Promise<string> {
  const path = join(dir, name);
  await Deno.writeFile(path, new Uint8Array(), { createNew: true });
  await snapshotDatabase(databaseFile(dir), path);
  return path;
}

/** Restores a folder's database, which nobody uses, from a copy. `step` comes before each statement. */
export async function restoreFrom(
  dir: string,
  copy: string,
  { keys = false, actor = "desk", step = () => Promise.resolve() } = {},
) {
  const { clock, entropy } = systemPorts();
  const known = { migrations: readMigrations(programRoot()), now: clock.now };
  const readied = await readyCopy(copy, known, () => Promise.resolve());
  if (!readied.ok) throw new Error(readied.reason);
  const exchange = { filename: "one.db.gz", keys, actor, now: clock.now(), entropy };
  return await exchangeBetween(databaseFile(dir), copy, async (tx) => {
    const restored = await exchangeRows({ ...tx, run: (sql, args) => step().then(() => tx.run(sql, args)) }, exchange);
    await step();
    return restored;
  });
}

export interface Row {
  readonly seq: number;
  readonly entry: string;
}

/** Reads a database that nobody uses. */
export function query<R extends object>(path: string, sql: string): readonly R[] {
  const reader = openFile(path, "read");
  try {
    // The test that wrote the statement knows its columns.
    return reader.all(sql, []) as unknown as readonly R[];
  } finally {
    reader.close();
  }
}

export const logOf = (dir: string): readonly Row[] =>
  query<Row>(databaseFile(dir), "SELECT seq, entry FROM activity_log ORDER BY seq");

export const entryOf = (row: Row | undefined): Entry => JSON.parse(row?.entry ?? "null");

/** All that an entry says but its id. */
export function sayingOf(row: Row | undefined): Omit<Entry, "id"> {
  const { id: _, ...saying } = entryOf(row);
  return saying;
}

/** Whatever happened to it: the log of a folder's database is one run, and all that is derived from it agrees with it. */
export function assertSoundLog(dir: string): void {
  const path = databaseFile(dir);
  const rows = logOf(dir);
  const first = rows[0]?.seq ?? 0;
  assertEquals(rows.map(({ seq }) => seq), rows.map((_, i) => first + i), "one contiguous run");
  assertEquals(
    rows.map((row) => seqOfEntryId(entryOf(row).id)),
    rows.map(({ seq }) => seq),
    "ids are those of their seq",
  );
  assertEquals(query(path, WRONG_KINDS), [], "kinds");
  assertEquals(query(path, WRONG_BY_KIND), [], "by kind");
  assertEquals(query(path, WRONG_BY_ENTITY), [], "by entity");
  assertEquals(query(path, WRONG_ROLLUP), [], "counts");
  assertEquals(query(path, WRONG_STATE), [], "state");
  assertEquals(query(path, "PRAGMA foreign_key_check"), []);
  assertEquals(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
}

const INDEXED = "(SELECT indexed_seq FROM activity_state)";

const WRONG_KINDS = `SELECT seq FROM activity_log LEFT JOIN activity_kind USING (kind)
  WHERE activity_kind.kind IS NULL OR category <> entry ->> 'category' OR action <> entry ->> 'action'
    OR severity <> entry ->> 'severity' OR actor <> entry ->> 'actor'
    OR entity_type <> coalesce(entry ->> 'entity_type', '') OR entity_id IS NOT entry ->> 'entity_id'`;

const WRONG_BY_KIND = `SELECT * FROM (
    SELECT kind, seq FROM activity_log WHERE seq <= ${INDEXED} EXCEPT SELECT kind, seq FROM activity_by_kind)
  UNION ALL SELECT * FROM (
    SELECT kind, seq FROM activity_by_kind EXCEPT SELECT kind, seq FROM activity_log WHERE seq <= ${INDEXED})`;

const OF_ENTITIES = `SELECT entity_id, seq, kind FROM activity_log WHERE seq <= ${INDEXED} AND entity_id IS NOT NULL`;
const WRONG_BY_ENTITY = `SELECT * FROM (${OF_ENTITIES} EXCEPT SELECT entity_id, seq, kind FROM activity_by_entity)
  UNION ALL SELECT * FROM (SELECT entity_id, seq, kind FROM activity_by_entity EXCEPT ${OF_ENTITIES})`;

const COUNTED = `SELECT kind, count(*) AS n FROM activity_log WHERE seq <= ${INDEXED} GROUP BY kind`;
const WRONG_ROLLUP = ["hour", "day"].map((unit) => {
  const sums = `SELECT kind, sum(n) AS n FROM activity_rollup WHERE unit = '${unit}' GROUP BY kind`;
  return `SELECT * FROM (${COUNTED} EXCEPT ${sums}) UNION ALL SELECT * FROM (${sums} EXCEPT ${COUNTED})`;
}).join(" UNION ALL ");

const WRONG_STATE = `SELECT * FROM activity_state WHERE length(log_id) <> 32
  OR indexed_seq > max(floor_seq, coalesce((SELECT max(seq) FROM activity_log), 0))
  OR text_seq > max(floor_seq, coalesce((SELECT max(seq) FROM activity_log), 0))
  OR floor_seq >= (SELECT min(seq) FROM activity_log)
  OR (text_seq > floor_seq AND NOT EXISTS (SELECT 1 FROM activity_text_part WHERE high = text_seq))`;
