import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** Kinds, of one entity or of all: each is one run of an index, in the order of seq. */
export interface Lanes {
  readonly kinds: readonly number[];
  readonly entityId: string | undefined;
}

const isOfEntity = ({ entityId }: Lanes) => entityId === undefined ? "" : "entity_id = ? AND ";
const entityArgs = ({ entityId }: Lanes) => entityId === undefined ? [] : [entityId];
const indexOf = ({ entityId }: Lanes) => entityId === undefined ? "activity_by_kind" : "activity_by_entity";

/** The lanes that have an indexed row in the range, those with the newest one first. */
export async function kindsByHead(sql: Reader, lanes: Lanes, range: Range): Promise<readonly number[]> {
  const rows = await sql.all<{ kind: number }>(
    `SELECT kind FROM (
       SELECT value AS kind,
         (SELECT max(seq) FROM ${indexOf(lanes)}
          WHERE ${isOfEntity(lanes)}kind = value AND seq BETWEEN ? AND ?) AS head
       FROM json_each(?)
     ) WHERE head IS NOT NULL ORDER BY head DESC`,
    [...entityArgs(lanes), range.low, range.high, JSON.stringify(lanes.kinds)],
  );
  return rows.map((row) => row.kind);
}

/** The newest indexed seqs of each lane, at most `limit` a lane; in no order between lanes. */
export async function newestOfEach(sql: Reader, lanes: Lanes, range: Range, limit: number): Promise<readonly number[]> {
  const rows = await sql.all<{ seqs: string }>(
    `SELECT (SELECT json_group_array(seq) FROM (
       SELECT seq FROM ${indexOf(lanes)} WHERE ${isOfEntity(lanes)}kind = value AND seq BETWEEN ? AND ?
       ORDER BY seq DESC LIMIT ?)) AS seqs
     FROM json_each(?)`,
    [...entityArgs(lanes), range.low, range.high, limit, JSON.stringify(lanes.kinds)],
  );
  // The database wrote the list of integers itself.
  return rows.flatMap((row) => JSON.parse(row.seqs) as number[]);
}

/** How many indexed rows the lanes have in the range, counted no further than the limit. */
export async function countIndexed(sql: Reader, lanes: Lanes, range: Range, limit: number): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM json_each(?) AS wanted CROSS JOIN ${indexOf(lanes)} AS run
       WHERE ${isOfEntity(lanes)}run.kind = wanted.value AND seq BETWEEN ? AND ? LIMIT ?)`,
    [JSON.stringify(lanes.kinds), ...entityArgs(lanes), range.low, range.high, limit],
  );
  return row?.n ?? 0;
}

/** The seqs of the lanes in a short range that is not indexed, newest first: each row is looked at. */
export async function scanLanes(sql: Reader, lanes: Lanes, range: Range): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT seq FROM activity_log
       WHERE seq BETWEEN ? AND ? AND ${isOfEntity(lanes)}kind IN (SELECT value FROM json_each(?))
       ORDER BY seq DESC)`,
    [range.low, range.high, ...entityArgs(lanes), JSON.stringify(lanes.kinds)],
  );
  // The database wrote the list of integers itself.
  return JSON.parse(row?.seqs ?? "[]") as number[];
}
