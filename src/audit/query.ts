import { candidates } from "./candidates.ts";
import type { Entry } from "./entry.ts";
import { entryTest, type Filter } from "./filter.ts";
import type { Kinds } from "./kinds.ts";
import { type Plan, planFor } from "./plan.ts";
import type { Clock, Reader, Turn } from "./ports.ts";
import { countLanes, newestOfLanes } from "./lanes.ts";
import { type PageText, type Range, readNewestPage, readPageOf } from "./query_sql.ts";

export const TOTAL_LIMIT = 10_000;

export interface PageRequest {
  readonly filter: Filter;
  /** Only entries below this seq. */
  readonly beforeSeq?: number;
  readonly limit: number;
}

/** One page of the log, newest first. */
export interface Page {
  /** JSON list of the canonical texts. */
  readonly entriesText: string;
  /** Where the next page begins, or null at the end. */
  readonly nextBeforeSeq: number | null;
  /** Matches of the filter, whatever the page; a lower bound when capped. */
  readonly total: number;
  readonly totalCapped: boolean;
  /** True when the search stopped at its time budget; `nextBeforeSeq` goes on from there. */
  readonly partial: boolean;
}

export interface Query {
  page(request: PageRequest): Promise<Page>;
}

type QuerySql = Reader & { readonly background: Reader };

const readersOf = (sql: QuerySql) => ({ sql, background: sql.background });

interface Deps {
  readonly sql: QuerySql;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly turn: Turn;
  /** Milliseconds that one page, and one count, may take when rows have to be looked at; default 40, and 20 or 4. */
  readonly budget?: { readonly page: number; readonly count: number };
}

/** A text search is slow whatever is counted; without text a page is there at once, and the count must not delay it. */
const countBudget = ({ filter }: PageRequest) => filter.q === undefined ? 4 : 20;

/** How long the event loop may be held between two turns, in milliseconds. */
const SLICE_MS = 8;

export function createQuery(deps: Deps): Query {
  const { sql, kinds } = deps;
  const budget = { page: deps.budget?.page ?? 40, count: deps.budget ? () => deps.budget!.count : countBudget };
  return {
    page: async (request) => {
      const plan = await planFor(sql, kinds, request.filter);
      const below = Math.min(plan.range.high, (request.beforeSeq ?? Infinity) - 1);
      const range = { low: plan.range.low, high: below };
      if (!plan.exact) return await searchPage(deps, plan, request, range, budget);
      const [page, total] = [await exactPage(sql, plan, range, request.limit), await exactTotal(sql, plan)];
      return {
        entriesText: page.text,
        nextBeforeSeq: page.more ? page.oldest : null,
        total: Math.min(total, TOTAL_LIMIT),
        totalCapped: total > TOTAL_LIMIT,
        partial: false,
      };
    },
  };
}

async function exactPage(
  sql: QuerySql,
  plan: Plan,
  range: Range,
  limit: number,
): Promise<PageText & { more: boolean }> {
  if (!plan.lanes) {
    const page = await readNewestPage(sql, range, limit);
    return { ...page, more: page.rows === limit && page.oldest > range.low };
  }
  const seqs = await newestOfLanes(readersOf(sql), plan.lanes, range, limit + 1);
  return { ...await readPageOf(sql, seqs.slice(0, limit)), more: seqs.length > limit };
}

/** Counts one past the limit at most, so that the caller sees whether there is more. */
async function exactTotal(sql: QuerySql, plan: Plan): Promise<number> {
  if (!plan.lanes) return Math.max(0, plan.range.high - plan.range.low + 1);
  return await countLanes(readersOf(sql), plan.lanes, plan.range, TOTAL_LIMIT + 1);
}

async function searchPage(
  deps: Deps,
  plan: Plan,
  request: PageRequest,
  range: Range,
  budget: { readonly page: number; readonly count: (request: PageRequest) => number },
): Promise<Page> {
  const found = await search(deps, plan, request.filter, range, { wanted: request.limit + 1, ms: budget.page });
  // Without more than a page of matches from the top, the search has counted them, or had no time left to.
  const counted = found.seqs.length <= request.limit && range.high === plan.range.high
    ? found
    : await search(deps, plan, request.filter, plan.range, { wanted: TOTAL_LIMIT + 1, ms: budget.count(request) });
  const more = found.seqs.length > request.limit;
  const seqs = found.seqs.slice(0, request.limit);
  const page = await readPageOf(deps.sql, seqs);
  const next = more ? seqs.at(-1)! : found.ended ? null : found.reached;
  return {
    entriesText: page.text,
    nextBeforeSeq: next,
    total: Math.min(Math.max(counted.seqs.length, found.seqs.length), TOTAL_LIMIT),
    totalCapped: !counted.ended || counted.seqs.length > TOTAL_LIMIT,
    partial: !more && !found.ended,
  };
}

interface Found {
  readonly seqs: readonly number[];
  /** The lowest seq that was looked at. */
  readonly reached: number;
  /** True when there is nothing left to look at. */
  readonly ended: boolean;
}

/** Looks at candidates, newest first, in slices, until enough are found or the time is over. */
async function search(
  { sql, clock, turn }: Deps,
  plan: Plan,
  filter: Filter,
  range: Range,
  until: { readonly wanted: number; readonly ms: number },
): Promise<Found> {
  const matches = entryTest(filter);
  const seqs: number[] = [];
  const begun = clock.now();
  let slice = begun;
  for await (const chunk of candidates(readersOf(sql), plan, filter.q, range)) {
    for (const row of chunk.rows) {
      // Our own canonical text: parsed, not validated again.
      if (seqs.length < until.wanted && matches(JSON.parse(row.entry) as Entry)) seqs.push(row.seq);
    }
    const now = clock.now();
    const ended = chunk.reached <= range.low;
    if (ended) break;
    if (seqs.length >= until.wanted || now - begun >= until.ms) return { seqs, reached: chunk.reached, ended: false };
    if (now - slice >= SLICE_MS) {
      await new Promise<void>((resolve) => turn.after(resolve));
      slice = clock.now();
    }
  }
  return { seqs, reached: range.low, ended: true };
}
