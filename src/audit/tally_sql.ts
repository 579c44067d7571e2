import { type Conditions, inKinds } from "./clauses_sql.ts";
import type { Lanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import type { Span } from "./spans.ts";

/** Entries of a kind. */
export type KindCount = readonly [kind: number, n: number];
/** Entries by severity in a bucket or a unit of time, whose start is in seconds since 1970. */
export type TimeCount = readonly [start: number, info: number, warning: number, error: number];

/** The first and last timestamp of the log; undefined when it is empty. */
export async function readTimes(sql: Reader): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const row = await sql.get<{ first: string | null; last: string | null }>(
    `WITH ends(first, last) AS (
       SELECT min(min_ts), max(max_ts) FROM activity_block
       UNION ALL
       SELECT min(ts), max(ts) FROM activity_log WHERE seq > (SELECT indexed_seq FROM activity_state WHERE id = 1)
     ) SELECT min(first) AS first, max(last) AS last FROM ends`,
  );
  if (!row || row.first === null || row.last === null) return undefined;
  return { first: row.first, last: row.last };
}

type Unit = "hour" | "day";
const unitArgs = (unit: Unit, { from, to }: Span) => [unit, from / 1000, to / 1000];

/** Indexed entries of whole units of time, by kind. */
export async function unitsByKind(
  sql: Reader,
  unit: Unit,
  span: Span,
  lanes: Lanes | undefined,
): Promise<readonly KindCount[]> {
  const kinds = inKinds(lanes?.kinds);
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(kind, n)) AS counts FROM (
       SELECT kind, sum(n) AS n FROM activity_rollup
       WHERE unit = ? AND start >= ? AND start < ?${kinds.sql} GROUP BY kind)`,
    [...unitArgs(unit, span), ...kinds.args],
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
  const kinds = inKinds(lanes?.kinds);
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT start, ${bySeverity("n")} FROM activity_rollup
       WHERE unit = ? AND start >= ? AND start < ?${kinds.sql} GROUP BY start)`,
    [...unitArgs(unit, span), ...kinds.args],
  );
  return toCounts<TimeCount>(row?.counts);
}

export const bySeverity = (n: string) =>
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

/** Where the bucket of a time begins, in seconds from the grid's base. */
export const bucketOf = (ts: string) =>
  `CAST(? AS INTEGER) * ((unixepoch(substr(${ts}, 1, 19)) - CAST(? AS INTEGER)) / CAST(? AS INTEGER))`;
export const bucketArgs = ({ base, width }: Grid) => [width, base, width];

/** Rows of the table to look at one by one, by bucket and severity; starts are counted from the grid's base. */
export async function rowsByTime(
  sql: Reader,
  range: Range,
  conditions: Conditions,
  grid: Grid,
): Promise<readonly TimeCount[]> {
  const row = await sql.get<{ counts: string }>(
    `SELECT json_group_array(json_array(start, info, warning, error)) AS counts FROM (
       SELECT ${bucketOf("ts")} AS start, ${bySeverity("1")} FROM (
         SELECT ts, severity FROM activity_log CROSS JOIN activity_kind USING (kind)
         WHERE seq BETWEEN ? AND ?${conditions.sql}) GROUP BY start)`,
    [...bucketArgs(grid), range.low, range.high, ...conditions.args],
  );
  return toCounts<TimeCount>(row?.counts);
}

// The database wrote the list of lists of integers itself.
export const toCounts = <Count>(text: string | undefined) => JSON.parse(text ?? "[]") as readonly Count[];
