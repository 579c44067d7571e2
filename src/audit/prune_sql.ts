import { BLOCK } from "./block_sql.ts";
import type { Reader, Tx } from "./ports.ts";
import type { LogPlace } from "./state_sql.ts";

/** The newest entry that tells of a removal, and how far that reached. */
export interface Removal {
  readonly seq: number;
  readonly upTo: number;
}

export async function readLastRemoval(sql: Reader): Promise<Removal | undefined> {
  return await sql.get<Removal>(
    `WITH telling AS (
       SELECT kind FROM activity_kind WHERE action IN ('activity_log.pruned', 'activity_log.cleared')
     ), newest AS (
       SELECT max(seq) AS seq FROM (
         SELECT (SELECT max(seq) FROM activity_by_kind WHERE activity_by_kind.kind = telling.kind) AS seq FROM telling
         UNION ALL
         SELECT max(seq) FROM activity_log
         WHERE seq > (SELECT indexed_seq FROM activity_state WHERE id = 1) AND kind IN (SELECT kind FROM telling))
     )
     SELECT activity_log.seq AS seq, json_extract(entry, '$.metadata.up_to_seq') AS upTo
     FROM newest JOIN activity_log ON activity_log.seq = newest.seq`,
  );
}

/** A span of time, both ends inclusive ISO 8601 texts. */
export interface Span {
  readonly since: string;
  readonly until: string;
}

/** The next block, from `block` upwards, that may hold a row of the span. */
export async function nextBlockWithin(sql: Reader, block: number, span: Span): Promise<number | undefined> {
  const row = await sql.get<{ block: number }>(
    "SELECT block FROM activity_block WHERE block >= ? AND max_ts >= ? AND min_ts <= ? ORDER BY block LIMIT 1",
    [block, span.since, span.until],
  );
  return row?.block;
}

/** The next block, from `block` downwards, that may hold a row from before. */
export async function nextBlockBefore(sql: Reader, block: number, before: string): Promise<number | undefined> {
  const row = await sql.get<{ block: number }>(
    "SELECT block FROM activity_block WHERE block <= ? AND min_ts < ? ORDER BY block DESC LIMIT 1",
    [block, before],
  );
  return row?.block;
}

/** The first row of a part of the log that lies in the span: each row is looked at. */
export async function firstRowWithin(
  sql: Reader,
  low: number,
  high: number,
  span: Span,
): Promise<number | undefined> {
  const row = await sql.get<{ seq: number }>(
    "SELECT seq FROM activity_log WHERE seq BETWEEN ? AND ? AND ts BETWEEN ? AND ? ORDER BY seq LIMIT 1",
    [low, high, span.since, span.until],
  );
  return row?.seq;
}

/** The last row of a part of the log from before: each row is looked at. */
export async function lastRowBefore(
  sql: Reader,
  low: number,
  high: number,
  before: string,
): Promise<number | undefined> {
  const row = await sql.get<{ seq: number }>(
    "SELECT seq FROM activity_log WHERE seq BETWEEN ? AND ? AND ts < ? ORDER BY seq DESC LIMIT 1",
    [low, high, before],
  );
  return row?.seq;
}

const HOUR = "unixepoch(substr(ts, 1, 13) || ':00:00')";
const DAY = "unixepoch(substr(ts, 1, 10))";

/** The upsert finds its rows by their key; every row was counted, so there is always one to lower. */
const lowerRollup = (unit: "hour" | "day", start: string) =>
  `INSERT INTO activity_rollup (unit, start, kind, severity, n)
   SELECT '${unit}', ${start}, kind, '', count(*) FROM activity_log WHERE seq BETWEEN ? AND ? GROUP BY 2, 3
   ON CONFLICT (unit, start, kind) DO UPDATE SET n = n - excluded.n`;

const dropEmptyRollup = (unit: "hour" | "day", start: string) =>
  `DELETE FROM activity_rollup WHERE unit = '${unit}' AND n <= 0
     AND start >= (SELECT min(${start}) FROM activity_log WHERE seq BETWEEN ? AND ?)
     AND start <= (SELECT max(${start}) FROM activity_log WHERE seq BETWEEN ? AND ?)`;

/** Removes the rows from the lowest up to `end`, and all that the indexes know of them but their texts. */
export async function removeRows(tx: Tx, { low, indexed }: LogPlace, end: number): Promise<void> {
  if (low <= indexed) {
    const counted = [low, Math.min(end, indexed)];
    for (const [unit, start] of [["hour", HOUR], ["day", DAY]] as const) {
      await tx.run(lowerRollup(unit, start), counted);
      await tx.run(dropEmptyRollup(unit, start), [...counted, ...counted]);
    }
    await tx.run(
      `DELETE FROM activity_by_kind WHERE (kind, seq) IN (
         SELECT kind, seq FROM activity_log WHERE seq BETWEEN ? AND ?)`,
      counted,
    );
    await tx.run(
      `DELETE FROM activity_by_entity WHERE (entity_id, seq) IN (
         SELECT entity_id, seq FROM activity_log WHERE seq BETWEEN ? AND ? AND entity_id IS NOT NULL)`,
      counted,
    );
    await tx.run("DELETE FROM activity_block WHERE block < ?", [Math.floor((end + 1) / BLOCK)]);
  }
  // Its table is dropped later.
  await tx.run("DELETE FROM activity_text_part WHERE high <= ?", [end]);
  await tx.run("DELETE FROM activity_log WHERE seq BETWEEN ? AND ?", [low, end]);
  // What no index has reached is nothing that it has to reach any more.
  await tx.run(
    `UPDATE activity_state SET floor_seq = max(floor_seq, CAST(? AS INTEGER)),
       indexed_seq = max(indexed_seq, CAST(? AS INTEGER)), text_seq = max(text_seq, CAST(? AS INTEGER)) WHERE id = 1`,
    [end, end, end],
  );
}

/** When retention ran last, and since when the clock has gone on as clocks do; milliseconds since 1970. */
export interface RunTimes {
  readonly runAt: number | null;
  readonly steadySince: number | null;
}

export async function readRunTimes(sql: Reader): Promise<RunTimes> {
  const row = await sql.get<RunTimes>(
    "SELECT retention_run_at AS runAt, steady_since AS steadySince FROM activity_state WHERE id = 1",
  );
  return row ?? { runAt: null, steadySince: null };
}

export async function writeRunTimes(tx: Tx, { runAt, steadySince }: RunTimes): Promise<void> {
  await tx.run("UPDATE activity_state SET retention_run_at = ?, steady_since = ? WHERE id = 1", [runAt, steadySince]);
}
