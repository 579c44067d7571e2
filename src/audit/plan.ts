import { NO_ROWS, readBounds } from "./bounds_sql.ts";
import { entitiesOf, type Filter, kindTest, textTest } from "./filter.ts";
import type { Kinds } from "./kinds.ts";
import type { Lanes } from "./lanes_sql.ts";
import type { Reader } from "./ports.ts";
import type { Range } from "./query_sql.ts";
import { readPlace } from "./state_sql.ts";

/** How a filter is answered. */
export interface Plan {
  /** Every match lies inside. */
  readonly range: Range;
  /** The index runs that hold every match, or undefined when that is the table itself. */
  readonly lanes: Lanes | undefined;
  /** True when every row of these lanes in this range matches; otherwise each row has to be looked at. */
  readonly exact: boolean;
  /** True when columns decide: kind, entity and, where the clock stepped, time. Otherwise the entry's text does. */
  readonly byColumns: boolean;
  /** True when the range alone says which times are meant. */
  readonly timeExact: boolean;
}

const NOTHING: Plan = { range: NO_ROWS, lanes: undefined, exact: true, byColumns: true, timeExact: true };

/** Turns a filter into what the indexes can answer: time into seq, everything of few values into kinds. */
export async function planFor(sql: Reader, kinds: Kinds, filter: Filter): Promise<Plan> {
  const { low, high, indexed } = await readPlace(sql);
  const bounds = filter.since === undefined && filter.until === undefined
    ? { low, high, exact: true }
    : await readBounds(sql, filter.since ?? "", filter.until ?? "~"); // "~" is above every timestamp
  const range = { low: Math.max(bounds.low, low), high: Math.min(bounds.high, high) };
  const wanted = kindsFor(kinds, filter);
  if (wanted?.length === 0 || range.low > range.high) return NOTHING;
  const entities = entitiesOf(filter);
  if (entities?.length === 0) return NOTHING;
  const lanes = wanted === undefined && entities === undefined ? undefined : { kinds: wanted, entities, indexed };
  const byColumns = textTest(filter) === undefined;
  return { range, lanes, exact: bounds.exact && byColumns, byColumns, timeExact: bounds.exact };
}

/** The kinds that a filter allows, or undefined when it allows all. */
function kindsFor(kinds: Kinds, filter: Filter): readonly number[] | undefined {
  const test = kindTest(filter);
  if (!test) return undefined;
  const wanted = kinds.all().filter(test);
  return wanted.length === kinds.all().length && wanted.length > 0 ? undefined : wanted.map(({ kind }) => kind);
}
