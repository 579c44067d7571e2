import type { Conditions } from "./clauses_sql.ts";
import { toSeqs } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { EntryRow, Range } from "./query_sql.ts";

/** The matching seqs of a stretch of the table, oldest first. */
export async function seqsForward(
  sql: Reader,
  range: Range,
  conditions: Conditions,
  limit: number,
): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_log WHERE seq BETWEEN ? AND ?${conditions.sql} ORDER BY seq LIMIT ?)`,
    [range.low, range.high, ...conditions.args, limit],
  );
  return toSeqs(row?.seqs);
}

/** Rows of a stretch of the table, oldest first. */
export async function rowsForward(
  sql: Reader,
  range: Range,
  conditions: Conditions,
  limit: number,
): Promise<readonly EntryRow[]> {
  const row = await sql.get<{ rows: string }>(
    `SELECT json_group_array(json_object('seq', seq, 'entry', entry)) AS rows FROM (
       SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ?${conditions.sql} ORDER BY seq LIMIT ?)`,
    [range.low, range.high, ...conditions.args, limit],
  );
  // The database wrote the list itself.
  return JSON.parse(row?.rows ?? "[]") as readonly EntryRow[];
}
