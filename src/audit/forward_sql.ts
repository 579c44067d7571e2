import type { Conditions } from "./conditions_sql.ts";
import type { Lanes } from "./lanes.ts";
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

/** The oldest indexed seqs of the lanes in the range, oldest first. */
export async function oldestOfLanes(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const { kinds, entities } = lanes;
  const row = entities === undefined
    ? await sql.get<{ seqs: string }>(
      `SELECT json_group_array(seq) AS seqs FROM (
         SELECT run.seq FROM json_each(?) AS wanted CROSS JOIN activity_by_kind AS run
         WHERE run.kind = wanted.value AND run.seq BETWEEN ? AND ? ORDER BY run.seq LIMIT ?)`,
      [JSON.stringify(kinds ?? []), range.low, range.high, limit],
    )
    : await sql.get<{ seqs: string }>(
      `SELECT json_group_array(seq) AS seqs FROM (
         SELECT run.seq FROM json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
         WHERE run.entity_id = wanted.value AND run.seq BETWEEN ? AND ?${
        kinds ? " AND run.kind IN (SELECT value FROM json_each(?))" : ""
      } ORDER BY run.seq LIMIT ?)`,
      [JSON.stringify(entities), range.low, range.high, ...(kinds ? [JSON.stringify(kinds)] : []), limit],
    );
  return toSeqs(row?.seqs);
}

// The database wrote the list of integers itself.
const toSeqs = (text: string | undefined) => JSON.parse(text ?? "[]") as readonly number[];
