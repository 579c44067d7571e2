import type { SqlRow } from "../audit/ports.ts";
import { type AppliedMigration, checkMigrations, type Migration } from "./migrations.ts";

/** What a sound database of ours holds. */
export interface DatabaseFacts {
  /** The newest migration that it has. */
  readonly schema: number;
  readonly logId: string;
  /** The oldest entry's place; null when the log is empty. */
  readonly firstSeq: number | null;
  /** The newest place that was ever used. */
  readonly headSeq: number;
  readonly entries: number;
  readonly entities: number;
  /** API keys that are kept in it and not revoked. */
  readonly keys: number;
}

export type Inspection =
  | { readonly ok: true; readonly facts: DatabaseFacts }
  /** What is wrong with it: a clause without a full stop, e.g. `it is damaged`. */
  | { readonly ok: false; readonly reason: string };

/** Above every `seq`: the ids of entries have room for 50 bits of it. */
const SEQ_LIMIT = 2 ** 50;

/** Reads from the database; rejects when that cannot be done. */
export type ReadRows = (sql: string) => Promise<readonly SqlRow[]>;

/** Its tables and what else it has, one text each, e.g. `table api_key(label TEXT 0,hash TEXT 0) strict`; 0 for a column that is written. */
export type Shape = readonly string[];

/** A database in which nothing was ever done: there is nothing in it to go back to. */
export const isEmpty = ({ entries, entities, keys }: DatabaseFacts): boolean => entries + entities + keys === 0;

/**
 * Whether a database is sound, one of ours and not newer than this program. `shapeAt` tells what a new database has after
 * so many migrations. Rejects only when reading fails.
 */
export async function inspect(
  read: ReadRows,
  known: readonly Migration[],
  shapeAt: (migrations: number) => Promise<Shape>,
): Promise<Inspection> {
  const applied = await readApplied(read);
  if (applied === undefined) return { ok: false, reason: "it is no database of Lumenlog" };
  const schema = judgeSchema(known, applied);
  if (schema !== undefined) return { ok: false, reason: schema };
  const damage = await findDamage(read);
  if (damage !== undefined) return { ok: false, reason: damage };
  const shape = await readShape(read);
  const odd = oddity(shape, await shapeAt(applied.length));
  if (odd !== undefined) return { ok: false, reason: odd };
  return await readFacts(read, shape, applied.at(-1)?.version ?? 0);
}

async function readApplied(read: ReadRows): Promise<readonly AppliedMigration[] | undefined> {
  const tables = await read(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_migration', 'activity_log', 'activity_state')",
  );
  if (tables.length < 3) return undefined;
  const rows = await read("SELECT version, name, checksum FROM schema_migration ORDER BY version");
  return rows.map(({ version, name, checksum }) => ({
    version: Number(version),
    name: String(name),
    checksum: String(checksum),
  }));
}

function judgeSchema(known: readonly Migration[], applied: readonly AppliedMigration[]): string | undefined {
  const newest = applied.at(-1);
  if (newest === undefined) return "it is no database of Lumenlog";
  const before = known.at(-1)?.version ?? 0;
  if (newest.version > before) {
    return `it was made by a newer version of Lumenlog: its schema has the number ${newest.version}, the newest that this version knows is ${before}`;
  }
  return checkMigrations(known, applied).ok ? undefined : "its schema is not one that Lumenlog ever had";
}

async function findDamage(read: ReadRows): Promise<string | undefined> {
  const [encoding] = await read("PRAGMA encoding");
  if (encoding?.["encoding"] !== "UTF-8") return "its texts are in another encoding than Lumenlog writes";
  const [first] = await read("PRAGMA integrity_check(1)");
  if (first?.["integrity_check"] !== "ok") return "it is damaged";
  const dangling = await read("PRAGMA foreign_key_check");
  return dangling.length > 0 ? "it is damaged: something refers to what is not there" : undefined;
}

/** Reads what a database is made of. The parts of the text index and what SQLite keeps for itself come and go. */
export async function readShape(read: ReadRows): Promise<Shape> {
  const rows = await read(
    `SELECT type || ' ' || name || coalesce((SELECT '(' || group_concat(column.name || ' ' || column.type || ' ' ||
         column.hidden) || ')' FROM pragma_table_xinfo(thing.name) AS column WHERE thing.type IN ('table', 'view')), '')
       || coalesce((SELECT ' strict' FROM pragma_table_list(thing.name) WHERE thing.type = 'table' AND strict), '') AS text
     FROM sqlite_schema AS thing
     WHERE NOT (type IN ('table', 'index')
         AND (name LIKE 'sqlite\\_%' ESCAPE '\\' OR name LIKE 'libsql\\_%' ESCAPE '\\'))
       AND NOT (type = 'table' AND name GLOB 'activity_text_[0-9]*')
     ORDER BY text`,
  );
  return rows.map(({ text }) => String(text));
}

function oddity(found: Shape, expected: Shape): string | undefined {
  const missing = expected.find((text) => !found.includes(text));
  if (missing !== undefined) return `it lacks the ${namedIn(missing)}`;
  const foreign = found.find((text) => !expected.includes(text));
  return foreign === undefined ? undefined : "it has more in it than Lumenlog ever puts there";
}

const namedIn = (text: string): string => text.replace(/\(.*$/s, "");

/** Early schemas had neither. */
async function countIn(read: ReadRows, shape: Shape, table: string, statement: string): Promise<number> {
  if (!shape.some((text) => text.startsWith(`table ${table}(`))) return 0;
  return Number((await read(statement))[0]?.["count"] ?? 0);
}

async function readFacts(read: ReadRows, shape: Shape, schema: number): Promise<Inspection> {
  const [found] = await read(
    `SELECT count(*) AS states, max(log_id) AS logId, max(floor_seq) AS floor,
       max(max(indexed_seq, text_seq)) AS indexed, min(min(indexed_seq, text_seq, floor_seq)) AS lowest,
       (SELECT min(seq) FROM activity_log) AS firstSeq, (SELECT max(seq) FROM activity_log) AS lastSeq,
       (SELECT count(*) FROM activity_log) AS entries
     FROM activity_state`,
  );
  if (found?.["states"] !== 1) return { ok: false, reason: "it is damaged: it does not say which log it is" };
  const firstSeq = found["firstSeq"] === null ? null : Number(found["firstSeq"]);
  const lastSeq = Number(found["lastSeq"] ?? 0);
  const entries = Number(found["entries"]);
  if (firstSeq !== null && lastSeq - firstSeq + 1 !== entries) {
    return { ok: false, reason: "it is damaged: entries are missing from the middle of its log" };
  }
  const headSeq = Math.max(Number(found["floor"]), lastSeq);
  // Nothing counts that far: whoever went through the places in between would never come to an end.
  const counted = Number(found["lowest"]) >= 0 && Number(found["indexed"]) <= headSeq && headSeq < SEQ_LIMIT;
  if (!counted || (firstSeq ?? 1) < 1) {
    return { ok: false, reason: "it is damaged: it does not say how far its log goes" };
  }
  return {
    ok: true,
    facts: {
      schema,
      logId: String(found["logId"]),
      firstSeq,
      headSeq,
      entries,
      entities: await countIn(read, shape, "entity", "SELECT count(*) AS count FROM entity"),
      keys: await countIn(
        read,
        shape,
        "api_key",
        "SELECT count(*) AS count FROM api_key WHERE source = 'database' AND revoked_at IS NULL",
      ),
    },
  };
}
