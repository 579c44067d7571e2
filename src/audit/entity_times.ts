import { BLOCK } from "./block_sql.ts";
import type { Conditions } from "./clauses_sql.ts";
import type { Filter } from "./filter.ts";
import type { Kinds } from "./kinds.ts";
import type { Lanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import { betweenBlocksByTime, blocksByTime, entitiesByTime } from "./tally_entities_sql.ts";
import type { Grid, TimeCount } from "./tally_sql.ts";

/** Looks into an index, of which one block of one entity is one; beyond that, reading the rows is as quick. */
const MOST_LOOKS = 20_000;

/**
 * Indexed rows of some entities over time. Of few entities the blocks that lie within one bucket are counted in the
 * index alone, and only the rows between are read; of many, every row is read.
 */
export async function countEntityTimes(
  deps: { readonly sql: Reader; readonly kinds: Kinds },
  { lanes, range, time, grid, filter }: {
    readonly lanes: Lanes;
    readonly range: Range;
    readonly time: Conditions;
    readonly grid: Grid;
    readonly filter: Filter;
  },
): Promise<readonly TimeCount[]> {
  const { sql, kinds } = deps;
  // There is no seq 0, so the first block is whole from 1 on.
  const blocks = {
    low: range.low <= 1 ? 0 : Math.ceil(range.low / BLOCK),
    high: Math.floor((range.high + 1) / BLOCK) - 1,
  };
  const looks = (lanes.entities?.length ?? 0) * (blocks.high - blocks.low + 1);
  if (blocks.low > blocks.high || looks > MOST_LOOKS) {
    return await entitiesByTime(sql, lanes, range, time, grid);
  }
  const whole = { blocks, since: filter.since ?? "", until: filter.until ?? "~", grid };
  const numbers = (severity: string) =>
    kinds.all().filter((kind) => kind.severity === severity).map(({ kind }) => kind);
  const severe = { warning: numbers("warning"), error: numbers("error") };
  return [
    ...await blocksByTime(sql, lanes, whole, severe),
    ...await betweenBlocksByTime(sql, lanes, range, whole, time),
  ];
}
