import { BLOCK } from "./block_sql.ts";
import { type Conditions, inKinds } from "./clauses_sql.ts";
import type { Lanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import { bucketArgs, bucketOf, bySeverity, type Grid, type KindCount, type TimeCount, toCounts } from "./tally_sql.ts";

const entitiesArg = ({ entities }: Lanes) => JSON.stringify(entities ?? []);

/**
 * From which seq on there are at most `most` indexed rows of some entities, with an equal share for each; undefined when
 * none has more than its share.
 */
export async function readSharedCut(
  sql: Reader,
  entities: readonly string[],
  range: Range,
  most: number,
): Promise<number | undefined> {
  const share = Math.floor(most / Math.max(1, entities.length));
  const row = await sql.get<{ cut: number | null }>(
    `SELECT max(cut) AS cut FROM (
       SELECT (SELECT seq FROM activity_by_entity WHERE entity_id = wanted.value AND seq BETWEEN ? AND ?
         ORDER BY seq DESC LIMIT 1 OFFSET ?) AS cut FROM json_each(?) AS wanted)`,
    [range.low, range.high, share, JSON.stringify(entities)],
  );
  return row?.cut === null || row?.cut === undefined ? undefined : row.cut + 1;
}

/** Indexed rows of some entities. */
const entityRun = (column: string, lanes: Lanes) =>
  `SELECT ${column} FROM json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
   WHERE run.entity_id = wanted.value AND run.seq BETWEEN ? AND ?${inKinds(lanes.kinds).sql}`;

const runArgs = (lanes: Lanes, range: Range) =>
  [entitiesArg(lanes), range.low, range.high, ...inKinds(lanes.kinds).args] as const;

/** Indexed rows of some entities by kind; without a condition on time no row is read. */
export async function entitiesByKind(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  time: Conditions,
): Promise<readonly KindCount[]> {
  const timed = time.sql !== "";
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(kind, n)) AS counts FROM (
       SELECT kind, count(*) AS n FROM (${entityRun(timed ? "run.seq" : "run.kind", lanes)})
       ${timed ? `CROSS JOIN activity_log USING (seq) WHERE true${time.sql}` : ""} GROUP BY kind)`,
    [...runArgs(lanes, range), ...time.args],
  );
  return toCounts<KindCount>(row?.counts);
}

/** Indexed rows of some entities, by bucket and severity; each row is read for its time. */
export async function entitiesByTime(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  time: Conditions,
  grid: Grid,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT ${bucketOf("ts")} AS start, ${bySeverity("1")} FROM (${entityRun("run.seq", lanes)}) AS found
       CROSS JOIN activity_log USING (seq) CROSS JOIN activity_kind USING (kind)
       WHERE true${time.sql} GROUP BY start)`,
    [...bucketArgs(grid), ...runArgs(lanes, range), ...time.args],
  );
  return toCounts<TimeCount>(row?.counts);
}

/** Numbers of the kinds that are more than information. */
export interface SevereKinds {
  readonly warning: readonly number[];
  readonly error: readonly number[];
}

/** Which blocks a count may take whole: within the span of time, and within one bucket. */
export interface WholeBlocks {
  /** Block numbers. */
  readonly blocks: Range;
  readonly since: string;
  readonly until: string;
  readonly grid: Grid;
}

const IS_WHOLE = `min_ts >= ? AND max_ts <= ? AND ${bucketOf("min_ts")} = ${bucketOf("max_ts")}`;
const wholeArgs = ({ since, until, grid }: WholeBlocks) =>
  [since, until, ...bucketArgs(grid), ...bucketArgs(grid)] as const;

/** Indexed rows of some entities in whole blocks, by bucket and severity: no row is read. */
export async function blocksByTime(
  sql: Reader,
  lanes: Lanes,
  whole: WholeBlocks,
  severe: SevereKinds,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, n - warning - error, warning, error)) AS counts FROM (
       SELECT ${bucketOf("min_ts")} AS start, sum(counts ->> 0) AS n, sum(counts ->> 1) AS warning,
         sum(counts ->> 2) AS error
       FROM (SELECT min_ts, (
           SELECT json_array(count(*), coalesce(sum(kind IN (SELECT value FROM json_each(?))), 0),
             coalesce(sum(kind IN (SELECT value FROM json_each(?))), 0))
           FROM json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
           WHERE run.entity_id = wanted.value AND run.seq BETWEEN block * ${BLOCK} AND block * ${BLOCK} + ${BLOCK - 1}
             ${inKinds(lanes.kinds).sql}) AS counts
         FROM activity_block WHERE block BETWEEN ? AND ? AND ${IS_WHOLE})
       GROUP BY start)`,
    [
      ...bucketArgs(whole.grid),
      JSON.stringify(severe.warning),
      JSON.stringify(severe.error),
      entitiesArg(lanes),
      ...inKinds(lanes.kinds).args,
      whole.blocks.low,
      whole.blocks.high,
      ...wholeArgs(whole),
    ],
  );
  return toCounts<TimeCount>(row?.counts);
}

/** The other indexed rows of some entities in a range, by bucket and severity; each is read for its time. */
export async function betweenBlocksByTime(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  whole: WholeBlocks,
  time: Conditions,
): Promise<readonly TimeCount[]> {
  const { low, high } = whole.blocks;
  const edges = [
    [range.low, Math.min(range.high, low * BLOCK - 1)],
    [Math.max(range.low, (high + 1) * BLOCK), range.high],
  ].filter(([from = 0, to = 0]) => from <= to);
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT ${bucketOf("ts")} AS start, ${bySeverity("1")} FROM (
         SELECT run.seq FROM (
           SELECT block * ${BLOCK} AS low, block * ${BLOCK} + ${BLOCK - 1} AS high FROM activity_block
           WHERE block BETWEEN ? AND ? AND NOT (${IS_WHOLE})
           UNION ALL SELECT value ->> 0, value ->> 1 FROM json_each(?)
         ) AS part CROSS JOIN json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
         WHERE run.entity_id = wanted.value AND run.seq BETWEEN part.low AND part.high${inKinds(lanes.kinds).sql}
       ) CROSS JOIN activity_log USING (seq) CROSS JOIN activity_kind USING (kind)
       WHERE true${time.sql} GROUP BY start)`,
    [
      ...bucketArgs(whole.grid),
      low,
      high,
      ...wholeArgs(whole),
      JSON.stringify(edges),
      entitiesArg(lanes),
      ...inKinds(lanes.kinds).args,
      ...time.args,
    ],
  );
  return toCounts<TimeCount>(row?.counts);
}
