import {
  countEntities,
  countKinds,
  entitiesByHead,
  kindsByHead,
  newestOfEntities,
  newestOfKinds,
  scanRange,
} from "./lanes_sql.ts";
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
  const newest = isEmpty(above) ? [] : await scanRange(readers.sql, above, lanes.entities, lanes.kinds);
  if (newest.length >= limit || isEmpty(below)) return newest.slice(0, limit);
  return [...newest, ...await newestIndexed(readers, lanes, below, limit - newest.length)];
}

async function newestIndexed(
  { sql, background }: Readers,
  { kinds, entities }: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  // Whatever is among the newest lies in the runs whose own newest are the newest.
  const heads = async <T>(all: readonly T[], byHead: (all: readonly T[]) => Promise<readonly T[]>) =>
    all.length === 1 ? all : (await byHead(all)).slice(0, limit);
  const seqs = entities === undefined
    ? await newestOfKinds(sql, await heads(kinds ?? [], (all) => kindsByHead(sql, all, range)), range, limit)
    // With kinds, rows are passed over, and nobody knows how many.
    : kinds
    ? await newestOfEntities(background, entities, kinds, range, limit)
    : await newestOfEntities(
      sql,
      await heads(entities, (all) => entitiesByHead(sql, all, range)),
      undefined,
      range,
      limit,
    );
  return [...seqs].sort((a, b) => b - a).slice(0, limit);
}

/** How many rows the lanes have in the range, counted no further than the limit. */
export async function countLanes(readers: Readers, lanes: Lanes, range: Range, limit: number): Promise<number> {
  const { kinds, entities, indexed } = lanes;
  const { below, above } = split(range, indexed);
  const newest = isEmpty(above) ? 0 : (await scanRange(readers.sql, above, entities, kinds)).length;
  const rest = limit - newest;
  if (rest <= 0 || isEmpty(below)) return Math.min(newest, limit);
  if (entities === undefined) return newest + await countKinds(readers.sql, kinds ?? [], below, rest);
  return newest + await countEntities(kinds ? readers.background : readers.sql, entities, kinds, below, rest);
}
