import { countIndexed, kindsByHead, type Lanes, newestOfEach, scanLanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** Lanes in a range: the part that is indexed, and the newest rows, which are not yet. */
const split = (range: Range, indexed: number) => ({
  below: { low: range.low, high: Math.min(range.high, indexed) },
  above: { low: Math.max(range.low, indexed + 1), high: range.high },
});

const isEmpty = (range: Range) => range.low > range.high;

/** The newest seqs over all lanes, newest first. */
export async function newestOfLanes(
  sql: Reader,
  lanes: Lanes,
  indexed: number,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const { below, above } = split(range, indexed);
  const newest = isEmpty(above) ? [] : await scanLanes(sql, lanes, above);
  if (newest.length >= limit || isEmpty(below)) return newest.slice(0, limit);
  // Whatever is among the newest lies in the lanes whose own newest are the newest.
  const wanted = limit - newest.length;
  const kinds = lanes.kinds.length === 1 ? lanes.kinds : (await kindsByHead(sql, lanes, below)).slice(0, wanted);
  const seqs = await newestOfEach(sql, { ...lanes, kinds }, below, wanted);
  return [...newest, ...[...seqs].sort((a, b) => b - a).slice(0, wanted)];
}

/** How many rows the lanes have in the range, counted no further than the limit. */
export async function countLanes(
  sql: Reader,
  lanes: Lanes,
  indexed: number,
  range: Range,
  limit: number,
): Promise<number> {
  const { below, above } = split(range, indexed);
  const newest = isEmpty(above) ? 0 : (await scanLanes(sql, lanes, above)).length;
  if (newest >= limit || isEmpty(below)) return Math.min(newest, limit);
  return newest + await countIndexed(sql, lanes, below, limit - newest);
}
