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

const OF_ENTITIES = " AND entity_id IN (SELECT value FROM json_each(?))";
const OF_KINDS = " AND kind IN (SELECT value FROM json_each(?))";
const kindsCondition = (kinds: readonly number[] | undefined) => kinds ? OF_KINDS : "";
const kindsArgs = (kinds: readonly number[] | undefined) => kinds ? [JSON.stringify(kinds)] : [];

/** The entities that have an indexed row in the range, those with the newest one first. */
export async function entitiesByHead(
  sql: Reader,
  entities: readonly string[],
  range: Range,
): Promise<readonly string[]> {
  const rows = await sql.all<{ entity: string }>(
    `SELECT entity FROM (
       SELECT value AS entity,
         (SELECT max(seq) FROM activity_by_entity WHERE entity_id = value AND seq BETWEEN ? AND ?) AS head
       FROM json_each(?)
     ) WHERE head IS NOT NULL ORDER BY head DESC`,
    [range.low, range.high, JSON.stringify(entities)],
  );
  return rows.map((row) => row.entity);
}

/** The newest indexed seqs of each entity, of some kinds or all, at most `limit` an entity; in no order between them. */
export async function newestOfEntities(
  sql: Reader,
  entities: readonly string[],
  kinds: readonly number[] | undefined,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const rows = await sql.all<{ seqs: string }>(
    `SELECT (SELECT json_group_array(seq) FROM (
       SELECT seq FROM activity_by_entity
       WHERE entity_id = wanted.value AND seq BETWEEN ? AND ?${
      kindsCondition(kinds)
    } ORDER BY seq DESC LIMIT ?)) AS seqs
     FROM json_each(?) AS wanted`,
    [range.low, range.high, ...kindsArgs(kinds), limit, JSON.stringify(entities)],
  );
  return rows.flatMap((row) => toSeqs(row.seqs));
}

/** How many indexed rows some entities have in the range, counted no further than the limit. */
export async function countEntities(
  sql: Reader,
  entities: readonly string[],
  kinds: readonly number[] | undefined,
  range: Range,
  limit: number,
): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
       WHERE run.entity_id = wanted.value AND seq BETWEEN ? AND ?${kindsCondition(kinds)} LIMIT ?)`,
    [JSON.stringify(entities), range.low, range.high, ...kindsArgs(kinds), limit],
  );
  return row?.n ?? 0;
}

/** The matching seqs of a short range that is not indexed, newest first: each row is looked at. */
export async function scanRange(
  sql: Reader,
  range: Range,
  entities: readonly string[] | undefined,
  kinds: readonly number[] | undefined,
): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_log
       WHERE seq BETWEEN ? AND ?${entities === undefined ? "" : OF_ENTITIES}${kindsCondition(kinds)}
       ORDER BY seq DESC)`,
    [range.low, range.high, ...(entities === undefined ? [] : [JSON.stringify(entities)]), ...kindsArgs(kinds)],
  );
  return toSeqs(row?.seqs);
}

// The database wrote the list of integers itself.
const toSeqs = (text: string | undefined) => JSON.parse(text ?? "[]") as readonly number[];
