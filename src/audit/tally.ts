import { readBounds } from "./bounds_sql.ts";
import { between, type Conditions } from "./clauses_sql.ts";
import { conditionsFor, timeCondition } from "./conditions_sql.ts";
import { findCut } from "./entity_cut.ts";
import type { Filter } from "./filter.ts";
import type { Lanes } from "./lanes_sql.ts";
import type { Plan } from "./plan.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import { DAY_MS, partsOf, type Span, spanOf } from "./spans.ts";
import { type LogPlace, readPlace } from "./state_sql.ts";

/** How the parts of a filter's matches are counted: whole units from the roll-ups, the rest row by row. */
export interface Counters {
  unit(unit: "hour" | "day", span: Span, lanes: Lanes | undefined): Promise<void>;
  rows(range: Range, conditions: Conditions): Promise<void>;
  /** The indexed rows of the entities of the lanes. */
  entities(lanes: Lanes, range: Range, time: Conditions): Promise<void>;
}

/** Rows that one answer looks at one by one at most. */
export const MOST_ROWS = 250_000;
/** The same for rows that are found through an index, strewn over the table. */
const MOST_ENTITY_ROWS = 60_000;
const ATTEMPTS = 4;

/**
 * Counts the matches of a filter that columns decide. `smallest` is the smallest unit of the roll-ups that may be
 * used, in milliseconds; 0 for none. `replan` and new counters are asked for when it has to be counted again. False when
 * only part was looked at.
 */
export async function countByColumns(
  sql: Reader,
  { first, replan, filter, smallest }: {
    readonly first: Plan;
    readonly replan: () => Promise<Plan>;
    readonly filter: Filter;
    readonly smallest: number;
  },
  createCounters: () => Counters,
): Promise<boolean> {
  let plan = first;
  for (let attempt = 1;; attempt++) {
    const before = await readPlace(sql);
    const whole = await countOnce(sql, before, plan, filter, smallest, createCounters());
    const after = await readPlace(sql);
    if (before.indexed === after.indexed && before.floor === after.floor) return whole;
    // Somebody moved rows between two of the statements: what was counted may be doubled or missed.
    if (attempt === ATTEMPTS) return false;
    plan = await replan();
  }
}

async function countOnce(
  sql: Reader,
  { indexed }: LogPlace,
  plan: Plan,
  filter: Filter,
  smallest: number,
  counters: Counters,
): Promise<boolean> {
  const conditions = conditionsFor(plan, filter);
  const newest = { low: Math.max(plan.range.low, indexed + 1), high: plan.range.high };
  let whole = await countRows(newest, conditions, counters);
  const known = { low: plan.range.low, high: Math.min(plan.range.high, indexed) };
  if (known.low > known.high) return whole;
  if (plan.lanes?.entities) {
    const cut = await findCut(sql, plan.lanes, known, MOST_ENTITY_ROWS);
    const range = { low: cut ?? known.low, high: known.high };
    await counters.entities(plan.lanes, range, timeCondition(plan, filter));
    return whole && cut === undefined;
  }
  if (smallest === 0) return await countRows(known, conditions, counters) && whole;
  const { days, hours, rows } = partsOf(spanOf(filter), smallest >= DAY_MS);
  for (const span of days) await counters.unit("day", span, plan.lanes);
  for (const span of hours) await counters.unit("hour", span, plan.lanes);
  for (const span of rows) {
    const [since, until] = [new Date(span.from).toISOString(), new Date(span.to - 1).toISOString()];
    const bounds = await readBounds(sql, since, until);
    const time = between(since, until);
    const kinds = conditionsFor({ ...plan, timeExact: true }, filter);
    const range = { low: bounds.low, high: Math.min(bounds.high, indexed) };
    const both = { sql: time.sql + kinds.sql, args: [...time.args, ...kinds.args] };
    whole = await countRows(range, both, counters) && whole;
  }
  return whole;
}

/** False when there are too many rows, of which only the newest are counted. */
async function countRows(range: Range, conditions: Conditions, counters: Counters): Promise<boolean> {
  if (range.low > range.high) return true;
  const low = Math.max(range.low, range.high - MOST_ROWS + 1);
  await counters.rows({ low, high: range.high }, conditions);
  return low === range.low;
}
