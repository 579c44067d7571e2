import { ALPHABET, SEQ_LENGTH } from "./ids.ts";
import type { Reader, Tx } from "./ports.ts";
import { dropPart, readUnusedParts } from "./text_sql.ts";

/** The present database is `main`, the one to be restored from is attached as `backup`. */
export type Side = "main" | "backup";

/** How far a log reaches; `high` is below `low` when it has no entries. */
export interface Extent {
  readonly logId: string;
  readonly low: number;
  readonly high: number;
  /** The highest seq that was ever used. */
  readonly head: number;
}

const extentOf = (side: Side) =>
  `SELECT log_id AS logId,
     coalesce((SELECT min(seq) FROM ${side}.activity_log), floor_seq + 1) AS low,
     coalesce((SELECT max(seq) FROM ${side}.activity_log), floor_seq) AS high,
     max(floor_seq, coalesce((SELECT max(seq) FROM ${side}.activity_log), 0)) AS head
   FROM ${side}.activity_state WHERE id = 1`;

const EXTENTS: Readonly<Record<Side, string>> = { main: extentOf("main"), backup: extentOf("backup") };

export async function readExtent(sql: Reader, side: Side): Promise<Extent> {
  const row = await sql.get<Extent>(EXTENTS[side]);
  if (!row) throw new Error("Cannot read the state of the activity log: its row is missing");
  return row;
}

/** Whether both logs have the same entry there; undefined when one of them has none. */
export async function isSameEntry(sql: Reader, seq: number): Promise<boolean | undefined> {
  const row = await sql.get<{ same: number }>(
    `SELECT here.entry = there.entry AS same
     FROM main.activity_log AS here JOIN backup.activity_log AS there ON there.seq = here.seq WHERE here.seq = ?`,
    [seq],
  );
  return row && row.same === 1;
}

/** What becomes of the present entries when the log of the backup takes their place. */
export interface Takeover {
  /** Those above this seq are carried over, in their order; the others the backup has itself. */
  readonly above: number;
  /** How much higher the seq of those is afterwards. */
  readonly shift: number;
  /** What the log is called then. */
  readonly logId: string;
}

/** The last of the ten characters that an id begins with, as `createEntryIds` makes them; all when no count is given. */
const encoded = (seq: string, count = SEQ_LENGTH) =>
  Array.from({ length: count }, (_, i) => {
    const digit = `(${seq} >> ${5 * (count - 1 - i)}) & 31`;
    return `substr('${ALPHABET}', (${digit}) + 1, 1)`;
  }).join(" || ");

/** The beginning of an entry's text, up to where its category is told; what is at its open places is looked at apart, for speed. */
const START = `{"id":"al_${"?".repeat(26)}","ts":"????-??-??T??:??:??.???Z","category":"*`;

/** What follows the time. */
const KIND = `'"category":"' || category || '","action":"' || action || '","severity":"' || severity || '","actor":"'`;

/**
 * Each reader looks at its share, beside the others. True when some entry of the backup is no text of ours, is at another place than its id says, or of another kind than it
 * says itself: nothing that reads the log expects that.
 */
export async function hasForeignEntry(readers: readonly Reader[]): Promise<boolean> {
  const found = await Promise.all(
    readers.map((reader, i) => reader.get<{ found: number }>(foreignEntry(i, readers.length))),
  );
  return found.some((row) => row?.found === 1);
}

/** Without arguments: a statement that has some begins on the event loop. */
const foreignEntry = (share: number, shares: number) =>
  `WITH span AS (SELECT min(seq) AS low, max(seq) + 1 - min(seq) AS length FROM activity_log)
   SELECT EXISTS (SELECT 1 FROM activity_log LEFT JOIN activity_kind USING (kind)
     WHERE seq >= (SELECT low + length * ${share} / ${shares} FROM span)
       AND seq < (SELECT low + length * ${share + 1} / ${shares} FROM span)
       AND CASE WHEN activity_kind.kind IS NULL OR NOT json_valid(entry) OR entry NOT GLOB '${START}' THEN 1
         ELSE CASE WHEN seq & 1023 THEN substr(entry, 19, 2) <> ${encoded("seq", 2)}
             ELSE substr(entry, 11, ${SEQ_LENGTH}) <> ${encoded("seq")} END
           OR substr(entry, 11, 26) GLOB '*[^0-9A-Z]*' OR julianday(substr(entry, 45, 24)) IS NULL
           OR instr(entry, ${KIND}) <> 71 OR actor IS NOT entry ->> 'actor'
           OR entity_type IS NOT coalesce(entry ->> 'entity_type', '') OR entity_id IS NOT entry ->> 'entity_id'
           OR json_type(entry, '$.message') IS NOT 'text' OR json_type(entry, '$.metadata') IS NOT 'object'
         END) AS found`;

const NEW_SEQ = "(seq + (SELECT shift FROM temp.takeover))";

const INDEXES = ["activity_by_kind", "activity_by_entity", "activity_block", "activity_rollup"] as const;

const EXPORT = "id, ended_at, format, complete, rows, first_seq, last_seq, bytes, sha256";

/**
 * Puts the log of the backup in the place of the present one, with its settings, behind it what is carried over. Both have
 * the same schema: only without a list of columns does the database copy whole records instead of taking them apart.
 */
export async function takeOverLog(tx: Tx, { above, shift, logId }: Takeover): Promise<void> {
  await liftCarried(tx, above, shift);
  await tx.run("DELETE FROM main.activity_kind");
  await tx.run(
    `INSERT INTO main.activity_kind (kind, category, action, severity, actor, entity_type)
     SELECT kind, category, action, severity, actor, entity_type FROM backup.activity_kind`,
  );
  await tx.run(
    `INSERT INTO main.activity_kind (kind, category, action, severity, actor, entity_type)
     SELECT kind, category, action, severity, actor, entity_type FROM temp.carried_kind
     WHERE kind NOT IN (SELECT kind FROM backup.activity_kind)`,
  );
  await tx.run("INSERT INTO main.activity_log SELECT * FROM backup.activity_log");
  await tx.run("UPDATE main.activity_log SET seq = -seq WHERE seq < 0");
  for (const table of INDEXES) {
    await tx.run(`DELETE FROM main.${table}`);
    await tx.run(`INSERT INTO main.${table} SELECT * FROM backup.${table}`);
  }
  await tx.run(
    `INSERT OR IGNORE INTO main.activity_export (${EXPORT}) SELECT ${EXPORT} FROM backup.activity_export`,
  );
  await dropTexts(tx);
  await tx.run(
    `UPDATE main.activity_state SET log_id = ?,
       (floor_seq, enabled, max_days, max_entries, indexed_seq, text_seq) =
       (SELECT floor_seq, enabled, max_days, max_entries, indexed_seq, floor_seq FROM backup.activity_state WHERE id = 1)
     WHERE id = 1`,
    [logId],
  );
}

/**
 * Gives the entries that are carried over their new places, ids and kinds, and removes the others. Until the backup's are
 * in, their seq is negative: below zero nothing is in the way.
 */
async function liftCarried(tx: Tx, above: number, shift: number): Promise<void> {
  await tx.run("CREATE TEMP TABLE takeover (above INTEGER NOT NULL, shift INTEGER NOT NULL)");
  await tx.run("INSERT INTO temp.takeover (above, shift) VALUES (?, ?)", [above, shift]);
  // The backup's numbers hold, for a million rows have them; what it does not know is numbered behind them.
  await tx.run(
    `CREATE TEMP TABLE carried_kind (was INTEGER PRIMARY KEY, kind INTEGER, category TEXT, action TEXT, severity TEXT,
       actor TEXT, entity_type TEXT)`,
  );
  await tx.run(
    `INSERT INTO temp.carried_kind (was, kind, category, action, severity, actor, entity_type)
     SELECT here.kind, coalesce(there.kind, (SELECT coalesce(max(kind), 0) FROM backup.activity_kind) + here.kind),
       here.category, here.action, here.severity, here.actor, here.entity_type
     FROM main.activity_kind AS here LEFT JOIN backup.activity_kind AS there
       USING (category, action, severity, actor, entity_type)
     WHERE here.kind IN (SELECT kind FROM main.activity_log WHERE seq > (SELECT above FROM temp.takeover))`,
  );
  await tx.run(
    `UPDATE main.activity_log SET seq = -${NEW_SEQ},
       kind = (SELECT kind FROM temp.carried_kind WHERE was = activity_log.kind),
       entry = substr(entry, 1, 10) || ${encoded(NEW_SEQ)} || substr(entry, ${10 + SEQ_LENGTH + 1})
     WHERE seq > (SELECT above FROM temp.takeover)`,
  );
  await tx.run("DELETE FROM main.activity_log WHERE seq >= 0");
}

/** The text index is filled anew behind the writer; its tables would be in the way of new ones with the same names. */
async function dropTexts(tx: Tx): Promise<void> {
  await tx.run("DELETE FROM main.activity_text_part");
  for (const part of await readUnusedParts(tx)) await dropPart(tx, part);
}
