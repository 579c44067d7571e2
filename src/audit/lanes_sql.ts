import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** The indexed kinds that have a row in the range, those with the newest one first. */
export async function kindsByHead(sql: Reader, kinds: readonly number[], range: Range): Promise<readonly number[]> {
  const rows = await sql.all<{ kind: number }>(
    `SELECT kind FROM (
       SELECT value AS kind,
         (SELECT max(seq) FROM activity_by_kind WHERE kind = value AND seq BETWEEN ? AND ?) AS head
       FROM json_each(?)
     ) WHERE head IS NOT NULL ORDER BY head DESC`,
    [range.low, range.high, JSON.stringify(kinds)],
  );
  return rows.map((row) => row.kind);
}

/** The newest indexed seqs of each kind, at most `limit` a kind; in no order between kinds. */
export async function newestOfKinds(
  sql: Reader,
  kinds: readonly number[],
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const rows = await sql.all<{ seqs: string }>(
    `SELECT (SELECT json_group_array(seq) FROM (
       SELECT seq FROM activity_by_kind WHERE kind = value AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?)) AS seqs
     FROM json_each(?)`,
    [range.low, range.high, limit, JSON.stringify(kinds)],
  );
  return rows.flatMap((row) => toSeqs(row.seqs));
}

/** How many indexed rows the kinds have in the range, counted no further than the limit. */
export async function countKinds(
  sql: Reader,
  kinds: readonly number[],
  range: Range,
  limit: number,
): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM json_each(?) AS wanted CROSS JOIN activity_by_kind AS run
       WHERE run.kind = wanted.value AND seq BETWEEN ? AND ? LIMIT ?)`,
    [JSON.stringify(kinds), range.low, range.high, limit],
  );
  return row?.n ?? 0;
}

const OF_KINDS = " AND kind IN (SELECT value FROM json_each(?))";
const kindsCondition = (kinds: readonly number[] | undefined) => kinds ? OF_KINDS : "";
const kindsArgs = (kinds: readonly number[] | undefined) => kinds ? [JSON.stringify(kinds)] : [];

/** The newest indexed seqs of one entity, of some kinds or all, newest first. */
export async function newestOfEntity(
  sql: Reader,
  entityId: string,
  kinds: readonly number[] | undefined,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_by_entity WHERE entity_id = ? AND seq BETWEEN ? AND ?${kindsCondition(kinds)}
       ORDER BY seq DESC LIMIT ?)`,
    [entityId, range.low, range.high, ...kindsArgs(kinds), limit],
  );
  return toSeqs(row?.seqs);
}

/** How many indexed rows one entity has in the range, counted no further than the limit. */
export async function countEntity(
  sql: Reader,
  entityId: string,
  kinds: readonly number[] | undefined,
  range: Range,
  limit: number,
): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM activity_by_entity WHERE entity_id = ? AND seq BETWEEN ? AND ?${kindsCondition(kinds)} LIMIT ?)`,
    [entityId, range.low, range.high, ...kindsArgs(kinds), limit],
  );
  return row?.n ?? 0;
}

/** The matching seqs of a short range that is not indexed, newest first: each row is looked at. */
export async function scanRange(
  sql: Reader,
  range: Range,
  entityId: string | undefined,
  kinds: readonly number[] | undefined,
): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_log
       WHERE seq BETWEEN ? AND ?${entityId === undefined ? "" : " AND entity_id = ?"}${kindsCondition(kinds)}
       ORDER BY seq DESC)`,
    [range.low, range.high, ...(entityId === undefined ? [] : [entityId]), ...kindsArgs(kinds)],
  );
  return toSeqs(row?.seqs);
}

// The database wrote the list of integers itself.
const toSeqs = (text: string | undefined) => JSON.parse(text ?? "[]") as readonly number[];
