import type { Conditions } from "./conditions_sql.ts";
import type { Lanes } from "./lanes.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import type { Span } from "./spans.ts";

/** Entries of a kind. */
export type KindCount = readonly [kind: number, n: number];
/** Entries by severity in a bucket or a unit of time, whose start is in seconds since 1970. */
export type TimeCount = readonly [start: number, info: number, warning: number, error: number];

/** What must not have moved while several statements counted. */
export interface Place {
  readonly indexed: number;
  readonly floor: number;
}

export async function readPlace(sql: Reader): Promise<Place> {
  const row = await sql.get<Place>(
    "SELECT indexed_seq AS indexed, floor_seq AS floor FROM activity_state WHERE id = 1",
  );
  return row ?? { indexed: 0, floor: 0 };
}

/** The first and last timestamp of the log; undefined when it is empty. */
export async function readTimes(sql: Reader): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const row = await sql.get<{ first: string | null; last: string | null }>(
    `WITH ends(first, last) AS (
       SELECT min(min_ts), max(max_ts) FROM activity_block
       UNION ALL
       SELECT min(ts), max(ts) FROM activity_log WHERE seq > (SELECT indexed_seq FROM activity_state WHERE id = 1)
     ) SELECT min(first) AS first, max(last) AS last FROM ends`,
  );
  return row?.first == null || row.last == null ? undefined : { first: row.first, last: row.last };
}

const OF_KINDS = " AND kind IN (SELECT value FROM json_each(?))";
const kindsOf = (lanes: Lanes | undefined) => lanes?.kinds;
const kindsSql = (lanes: Lanes | undefined) => kindsOf(lanes) ? OF_KINDS : "";
const kindsArgs = (lanes: Lanes | undefined) => kindsOf(lanes) ? [JSON.stringify(kindsOf(lanes))] : [];

type Unit = "hour" | "day";
const unitArgs = (unit: Unit, { from, to }: Span) => [unit, from / 1000, to / 1000];

/** Indexed entries of whole units of time, by kind. */
export async function unitsByKind(
  sql: Reader,
  unit: Unit,
  span: Span,
  lanes: Lanes | undefined,
): Promise<readonly KindCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(kind, n)) AS counts FROM (
       SELECT kind, sum(n) AS n FROM activity_rollup
       WHERE unit = ? AND start >= ? AND start < ?${kindsSql(lanes)} GROUP BY kind)`,
    [...unitArgs(unit, span), ...kindsArgs(lanes)],
  );
  return toCounts<KindCount>(row?.counts);
}

/** Indexed entries of whole units of time, by unit and severity. */
export async function unitsByTime(
  sql: Reader,
  unit: Unit,
  span: Span,
  lanes: Lanes | undefined,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT start, ${bySeverity("n")} FROM activity_rollup
       WHERE unit = ? AND start >= ? AND start < ?${kindsSql(lanes)} GROUP BY start)`,
    [...unitArgs(unit, span), ...kindsArgs(lanes)],
  );
  return toCounts<TimeCount>(row?.counts);
}

const bySeverity = (n: string) =>
  `sum(iif(severity = 'info', ${n}, 0)) AS info, sum(iif(severity = 'warning', ${n}, 0)) AS warning,
   sum(iif(severity = 'error', ${n}, 0)) AS error`;

/** Rows of the table to look at one by one, by kind. */
export async function rowsByKind(sql: Reader, range: Range, conditions: Conditions): Promise<readonly KindCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(kind, n)) AS counts FROM (
       SELECT kind, count(*) AS n FROM activity_log WHERE seq BETWEEN ? AND ?${conditions.sql} GROUP BY kind)`,
    [range.low, range.high, ...conditions.args],
  );
  return toCounts<KindCount>(row?.counts);
}

/** Buckets of equal width: `base` and `width` in whole seconds. */
export interface Grid {
  readonly base: number;
  readonly width: number;
}

const BUCKET = "CAST(? AS INTEGER) * ((unixepoch(substr(ts, 1, 19)) - CAST(? AS INTEGER)) / CAST(? AS INTEGER))";
const bucketArgs = ({ base, width }: Grid) => [width, base, width];

/** Rows of the table to look at one by one, by bucket and severity; starts are counted from the grid's base. */
export async function rowsByTime(
  sql: Reader,
  range: Range,
  conditions: Conditions,
  grid: Grid,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT ${BUCKET} AS start, ${bySeverity("1")} FROM (
         SELECT ts, severity FROM activity_log CROSS JOIN activity_kind USING (kind)
         WHERE seq BETWEEN ? AND ?${conditions.sql}) GROUP BY start)`,
    [...bucketArgs(grid), range.low, range.high, ...conditions.args],
  );
  return toCounts<TimeCount>(row?.counts);
}

/** Indexed rows of some entities, the newest `limit` of them, by kind; the condition on time is left out if it can be. */
export async function entitiesByKind(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
  time: Conditions | undefined,
): Promise<readonly KindCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(kind, n)) AS counts FROM (
       SELECT kind, count(*) AS n FROM (${entityRun(time ? "run.seq" : "run.kind", lanes)})
       ${time ? `CROSS JOIN activity_log USING (seq) WHERE true${time.sql}` : ""} GROUP BY kind)`,
    [...entityArgs(lanes, range), limit, ...time?.args ?? []],
  );
  return toCounts<KindCount>(row?.counts);
}

/** Indexed rows of some entities, the newest `limit` of them, by bucket and severity. */
export async function entitiesByTime(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
  time: Conditions | undefined,
  grid: Grid,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT ${BUCKET} AS start, ${bySeverity("1")} FROM (${entityRun("run.seq", lanes)}) AS found
       CROSS JOIN activity_log USING (seq) CROSS JOIN activity_kind USING (kind)
       WHERE true${time?.sql ?? ""} GROUP BY start)`,
    [...bucketArgs(grid), ...entityArgs(lanes, range), limit, ...time?.args ?? []],
  );
  return toCounts<TimeCount>(row?.counts);
}

const entityRun = (column: string, lanes: Lanes) =>
  `SELECT ${column} FROM json_each(?) AS wanted CROSS JOIN activity_by_entity AS run
   WHERE run.entity_id = wanted.value AND run.seq BETWEEN ? AND ?${kindsSql(lanes)} ORDER BY run.seq DESC LIMIT ?`;
const entityArgs = (lanes: Lanes, range: Range) => [
  JSON.stringify(lanes.entities ?? []),
  range.low,
  range.high,
  ...kindsArgs(lanes),
];

// The database wrote the list of lists of integers itself.
const toCounts = <Count>(text: string | undefined) => JSON.parse(text ?? "[]") as readonly Count[];
