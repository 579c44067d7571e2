import { type Conditions, joined } from "./clauses_sql.ts";
import { conditionsFor, likeConditions } from "./conditions_sql.ts";
import type { Entry } from "./entry.ts";
import { entryTest, type Filter, textsOf } from "./filter.ts";
import { rowsForward, seqsForward } from "./forward_sql.ts";
import { countLanes } from "./lanes.ts";
import { type Lanes, oldestOfRuns } from "./lanes_sql.ts";
import type { Plan } from "./plan.ts";
import type { Reader } from "./ports.ts";
import { type EntryRow, type Range, readRowsOf } from "./query_sql.ts";

/** Seqs in one answer; each is looked at on the event loop when only its text decides. */
const BATCH = 256;
/** Rows of the table that one statement walks at most, so that whoever has left is noticed. */
const STRETCH = 16_384;
/** Matches that are read through an index however few rows there are. */
const FEW = 2000;

/** The next matches, ascending; everything up to `reached` was looked at. */
export interface Step {
  readonly seqs: readonly number[];
  readonly reached: number;
}

/**
 * All matches of a filter in a range of its plan, oldest first, through `reader` alone. Few are read through the
 * indexes, many by walking the table. What is added behind the range's end is never looked at.
 */
export async function* forward(
  reader: Reader,
  plan: Plan,
  filter: Filter,
  range: Range,
): AsyncGenerator<Step> {
  if (range.low > range.high) return;
  const sparse = plan.lanes && await areFew(reader, plan.lanes, range) ? plan.lanes : undefined;
  const above = sparse ? { low: Math.max(range.low, sparse.indexed + 1), high: range.high } : range;
  if (sparse) yield* overLanes(reader, sparse, plan, filter, { ...range, high: Math.min(range.high, above.low - 1) });
  if (above.low <= above.high) yield* overTable(reader, plan, filter, above);
}

export async function areFew(reader: Reader, lanes: Lanes, range: Range): Promise<boolean> {
  const few = Math.max(FEW, Math.floor((range.high - range.low) / 50));
  return await countLanes({ sql: reader, background: reader }, lanes, range, few) < few;
}

async function* overLanes(
  reader: Reader,
  lanes: Lanes,
  plan: Plan,
  filter: Filter,
  range: Range,
): AsyncGenerator<Step> {
  const matches = entryTest(filter);
  for (let low = range.low; low <= range.high;) {
    const seqs = await oldestOfRuns(reader, lanes, { low, high: range.high }, BATCH);
    const reached = seqs.length < BATCH ? range.high : seqs.at(-1)!;
    yield { seqs: plan.exact ? seqs : seqsOf(await readRowsOf(reader, seqs), matches), reached };
    low = reached + 1;
  }
}

async function* overTable(reader: Reader, plan: Plan, filter: Filter, range: Range): AsyncGenerator<Step> {
  const next = plan.byColumns ? byColumns(reader, conditionsFor(plan, filter)) : byText(reader, plan, filter);
  for (let low = range.low; low <= range.high;) {
    const high = Math.min(range.high, low + STRETCH - 1);
    const step = await next({ low, high });
    yield step;
    low = step.reached + 1;
  }
}

type Next = (stretch: Range) => Promise<Step>;

const byColumns = (reader: Reader, conditions: Conditions): Next => async (stretch) => {
  const seqs = await seqsForward(reader, stretch, conditions, BATCH);
  return { seqs, reached: seqs.length < BATCH ? stretch.high : seqs.at(-1)! };
};

function byText(reader: Reader, plan: Plan, filter: Filter): Next {
  const conditions = joined([conditionsFor(plan, filter), likeConditions(textsOf(filter))]);
  const matches = entryTest(filter);
  return async (stretch) => {
    const rows = await rowsForward(reader, stretch, conditions, BATCH);
    return { seqs: seqsOf(rows, matches), reached: rows.length < BATCH ? stretch.high : rows.at(-1)!.seq };
  };
}

// Our own canonical text: parsed, not validated again.
const seqsOf = (rows: readonly EntryRow[], matches: (entry: Entry) => boolean) =>
  rows.filter(({ entry }) => matches(JSON.parse(entry) as Entry)).map(({ seq }) => seq);
