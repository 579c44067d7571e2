import { BLOCK } from "./block_sql.ts";
import type { Reader } from "./ports.ts";

/** The seqs that a span of time can reach, both inclusive; none when `low` is above `high`. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  /** True when every row inside belongs to the span: the clock never stepped across its ends. */
  readonly exact: boolean;
}

export const NO_ROWS: Bounds = { low: 1, high: 0, exact: true };

const inBlock = (block: string) => `seq BETWEEN ${block} * ${BLOCK} AND ${block} * ${BLOCK} + ${BLOCK - 1}`;

/** The outermost rows of the span: by the blocks it overlaps, then row by row in the block at each end. */
const ENDS = `
WITH span(since, until) AS (SELECT ?, ?),
  reach(first, last) AS (
    SELECT min(block), max(block) FROM activity_block, span WHERE max_ts >= since AND min_ts <= until
  ),
  tail(low, high) AS (
    SELECT min(seq), max(seq) FROM activity_log, span
    WHERE seq > (SELECT indexed_seq FROM activity_state WHERE id = 1)
      AND ts BETWEEN since AND until
  )
SELECT
  CASE WHEN first IS NULL THEN tail.low ELSE coalesce(
    (SELECT min(seq) FROM activity_log, span WHERE ${inBlock("first")} AND ts BETWEEN since AND until),
    (first + 1) * ${BLOCK}) END AS low,
  CASE WHEN last IS NULL OR tail.high IS NOT NULL THEN tail.high ELSE coalesce(
    (SELECT max(seq) FROM activity_log, span WHERE ${inBlock("last")} AND ts BETWEEN since AND until),
    last * ${BLOCK} - 1) END AS high
FROM reach, tail`;

/**
 * Whether a row between the ends lies outside the span: whole blocks between them, row by row in their own. The cast
 * is there because the local driver binds every number as a real one, which does not divide as a whole one; the plus
 * keeps SQLite from walking the whole span instead of the one block.
 */
const STRAYS = `
WITH span(since, until, low, high) AS (SELECT ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER))
SELECT
  EXISTS (SELECT 1 FROM activity_block, span
    WHERE block > low / ${BLOCK} AND block < high / ${BLOCK} AND (min_ts < since OR max_ts > until))
  OR EXISTS (SELECT 1 FROM activity_log, span
    WHERE ${inBlock("(low / " + BLOCK + ")")} AND +seq BETWEEN low AND high AND ts NOT BETWEEN since AND until)
  OR EXISTS (SELECT 1 FROM activity_log, span
    WHERE ${inBlock("(high / " + BLOCK + ")")} AND +seq BETWEEN low AND high AND ts NOT BETWEEN since AND until)
  AS strays`;

/** Turns a span of time (inclusive ISO 8601 texts) into bounds of seq, also where the clock stepped. */
export async function readBounds(sql: Reader, since: string, until: string): Promise<Bounds> {
  const ends = await sql.get<{ low: number | null; high: number | null }>(ENDS, [since, until]);
  if (!ends || ends.low === null || ends.high === null || ends.low > ends.high) return NO_ROWS;
  const { low, high } = ends;
  const row = await sql.get<{ strays: number }>(STRAYS, [since, until, low, high]);
  return { low, high, exact: row?.strays === 0 };
}
