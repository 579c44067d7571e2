import { countRuns, headsOfRuns, type Lanes, newestOfRuns, scanRange } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** `background` answers off the event loop. */
export interface Readers {
  readonly sql: Reader;
  readonly background: Reader;
}

/** The part of a range that is indexed, and the newest rows, which are not yet. */
const split = (range: Range, indexed: number) => ({
  below: { low: range.low, high: Math.min(range.high, indexed) },
  above: { low: Math.max(range.low, indexed + 1), high: range.high },
});

const isEmpty = (range: Range) => range.low > range.high;

/** The newest seqs of the lanes, newest first. */
export async function newestOfLanes(
  readers: Readers,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const { below, above } = split(range, lanes.indexed);
  const newest = isEmpty(above) ? [] : await scanRange(readers.sql, lanes, above);
  if (newest.length >= limit || isEmpty(below)) return newest.slice(0, limit);
  return [...newest, ...await newestIndexed(readers, lanes, below, limit - newest.length)];
}

async function newestIndexed(
  readers: Readers,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const seqs = passesOver(lanes)
    ? await newestOfRuns(readers.background, lanes, range, limit)
    : await newestOfRuns(readers.sql, await newestRuns(readers.sql, lanes, range, limit), range, limit);
  return [...seqs].sort((a, b) => b - a).slice(0, limit);
}

/** With both, rows of other kinds are passed over, and nobody knows how many. */
const passesOver = ({ kinds, entities }: Lanes) => kinds !== undefined && entities !== undefined;

/** Whatever is among the newest lies in the runs whose own newest are the newest. */
async function newestRuns(sql: Reader, lanes: Lanes, range: Range, limit: number): Promise<Lanes> {
  if ((lanes.entities ?? lanes.kinds)?.length === 1) return lanes;
  return lanes.entities === undefined
    ? { ...lanes, kinds: (await headsOfRuns<number>(sql, lanes, range)).slice(0, limit) }
    : { ...lanes, entities: (await headsOfRuns<string>(sql, lanes, range)).slice(0, limit) };
}

/** How many rows the lanes have in the range, counted no further than the limit. */
export async function countLanes(readers: Readers, lanes: Lanes, range: Range, limit: number): Promise<number> {
  const { below, above } = split(range, lanes.indexed);
  const newest = isEmpty(above) ? 0 : (await scanRange(readers.sql, lanes, above)).length;
  const rest = limit - newest;
  if (rest <= 0 || isEmpty(below)) return Math.min(newest, limit);
  return newest + await countRuns(passesOver(lanes) ? readers.background : readers.sql, lanes, below, rest);
}
