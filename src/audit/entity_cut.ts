import { countRuns, type Lanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import { readSharedCut } from "./tally_entities_sql.ts";

/** How often the stretch between too much and too little is halved. */
const HALVINGS = 6;

/**
 * From which seq on there are at most `most` indexed rows of some entities, and not much less; undefined when that is so
 * for the whole range.
 */
export async function findCut(
  sql: Reader,
  { entities = [], indexed }: Lanes,
  range: Range,
  most: number,
): Promise<number | undefined> {
  const all = { kinds: undefined, entities, indexed };
  const isFew = async (low: number) => await countRuns(sql, all, { low, high: range.high }, most + 1) <= most;
  if (await isFew(range.low)) return undefined;
  let enough = await readSharedCut(sql, entities, range, most) ?? range.high;
  let tooMuch = range.low;
  for (let i = 0; i < HALVINGS && entities.length > 1; i++) {
    const middle = Math.floor((enough + tooMuch) / 2);
    if (await isFew(middle)) enough = middle;
    else tooMuch = middle;
  }
  return enough;
}
