import { type Conditions, inEntities, inKinds, joined } from "./clauses_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** What the indexes answer by themselves: runs of seq of some entities, or of some kinds; one of them is given. */
export interface Lanes {
  /** Undefined for every kind. */
  readonly kinds: readonly number[] | undefined;
  /** Undefined for every entity, and for entries about none. */
  readonly entities: readonly string[] | undefined;
  /** Rows above this are in no index yet. */
  readonly indexed: number;
}

/** The index that answers for lanes: its table, what tells its runs apart, which runs, and what else must hold. */
interface Runs {
  readonly table: string;
  readonly key: string;
  /** JSON list. */
  readonly values: string;
  readonly also: Conditions;
}

const runsOf = ({ kinds, entities }: Lanes): Runs =>
  entities === undefined
    ? { table: "activity_by_kind", key: "kind", values: JSON.stringify(kinds ?? []), also: inKinds(undefined) }
    : { table: "activity_by_entity", key: "entity_id", values: JSON.stringify(entities), also: inKinds(kinds) };

/** The lanes' kinds or entities that have an indexed row in the range, those with the newest one first. */
export async function headsOfRuns<Value extends string | number>(
  sql: Reader,
  lanes: Lanes,
  range: Range,
): Promise<readonly Value[]> {
  const { table, key, values } = runsOf(lanes);
  const rows = await sql.all<{ value: Value }>(
    `SELECT value FROM (
       SELECT wanted.value AS value,
         (SELECT max(seq) FROM ${table} WHERE ${key} = wanted.value AND seq BETWEEN ? AND ?) AS head
       FROM json_each(?) AS wanted
     ) WHERE head IS NOT NULL ORDER BY head DESC`,
    [range.low, range.high, values],
  );
  return rows.map((row) => row.value);
}

/** The newest indexed seqs of each run, at most `limit` a run; in no order between runs. */
export async function newestOfRuns(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const { table, key, values, also } = runsOf(lanes);
  const rows = await sql.all<{ seqs: string }>(
    `SELECT (SELECT json_group_array(seq) FROM (
       SELECT seq FROM ${table} WHERE ${key} = wanted.value AND seq BETWEEN ? AND ?${also.sql}
       ORDER BY seq DESC LIMIT ?)) AS seqs
     FROM json_each(?) AS wanted`,
    [range.low, range.high, ...also.args, limit, values],
  );
  return rows.flatMap((row) => toSeqs(row.seqs));
}

/** The oldest indexed seqs of all runs together, oldest first. */
export async function oldestOfRuns(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const { table, key, values, also } = runsOf(lanes);
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM json_each(?) AS wanted CROSS JOIN ${table} AS run
       WHERE run.${key} = wanted.value AND seq BETWEEN ? AND ?${also.sql} ORDER BY seq LIMIT ?)`,
    [values, range.low, range.high, ...also.args, limit],
  );
  return toSeqs(row?.seqs);
}

/** How many indexed rows the runs have in the range, counted no further than the limit, which is a whole number. */
export async function countRuns(sql: Reader, lanes: Lanes, range: Range, limit: number): Promise<number> {
  const { table, key, values, also } = runsOf(lanes);
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM json_each(?) AS wanted CROSS JOIN ${table} AS run
       WHERE run.${key} = wanted.value AND seq BETWEEN ? AND ?${also.sql} LIMIT ?)`,
    [values, range.low, range.high, ...also.args, limit],
  );
  return row?.n ?? 0;
}

/** The matching seqs of a short range that is not indexed, newest first: each row is looked at. */
export async function scanRange(sql: Reader, { kinds, entities }: Lanes, range: Range): Promise<readonly number[]> {
  const conditions = joined([inEntities(entities), inKinds(kinds)]);
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_log WHERE seq BETWEEN ? AND ?${conditions.sql} ORDER BY seq DESC)`,
    [range.low, range.high, ...conditions.args],
  );
  return toSeqs(row?.seqs);
}

// The database wrote the list of integers itself.
export const toSeqs = (text: string | undefined) => JSON.parse(text ?? "[]") as readonly number[];
