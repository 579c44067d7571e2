import { type Facets, readFacets } from "./facets.ts";
import { type Filter, textTest } from "./filter.ts";
import { pageForward } from "./forward_page.ts";
import { type Histogram, readHistogram } from "./histogram.ts";
import type { Kinds } from "./kinds.ts";
import { countLanes, newestOfLanes } from "./lanes.ts";
import { type Plan, planFor } from "./plan.ts";
import type { Clock, Turn } from "./ports.ts";
import { type PageText, type Range, readNewestPage, readPageOf } from "./query_sql.ts";
import { readersOf, search, type SearchSql } from "./search.ts";

export const TOTAL_LIMIT = 10_000;

export interface PageRequest {
  readonly filter: Filter;
  /** Only entries below this seq. */
  readonly beforeSeq?: number;
  /** Only entries above this seq, oldest first; not together with `beforeSeq`. */
  readonly afterSeq?: number;
  readonly limit: number;
}

/** One page of the log, newest first unless it was asked for what follows a seq. */
export interface Page {
  /** JSON list of the canonical texts. */
  readonly entriesText: string;
  /** Where the next page begins, or null at the end. */
  readonly nextBeforeSeq: number | null;
  /** Where the next page forward begins, or null at the end and when that was not asked for. */
  readonly nextAfterSeq: number | null;
  /** Matches of the filter, whatever the page; a lower bound when capped. */
  readonly total: number;
  readonly totalCapped: boolean;
  /** True when the search stopped at its time budget; `nextBeforeSeq` or `nextAfterSeq` goes on from there. */
  readonly partial: boolean;
}

export interface Query {
  page(request: PageRequest): Promise<Page>;
  /** What the matches are made of. */
  facets(filter: Filter): Promise<Facets>;
  /** The matches over time, in at most so many buckets. */
  histogram(filter: Filter, buckets: number): Promise<Histogram>;
}

interface Deps {
  readonly sql: SearchSql;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly turn: Turn;
  /** Milliseconds that one page, and one count, may take when rows have to be looked at; default 40, and 20 or 4. */
  readonly budget?: { readonly page: number; readonly count: number };
}

/** A text search is slow whatever is counted; without text a page is there at once, and the count must not delay it. */
const countBudget = ({ filter }: PageRequest) => textTest(filter) === undefined ? 4 : 20;

export function createQuery(deps: Deps): Query {
  const { sql, kinds } = deps;
  const budget = { page: deps.budget?.page ?? 40, count: deps.budget ? () => deps.budget!.count : countBudget };
  return {
    page: async (request) => {
      const plan = await planFor(sql, kinds, request.filter);
      if (request.afterSeq !== undefined) {
        const page = await pageForward(deps, plan, { ...request, afterSeq: request.afterSeq, ms: budget.page });
        return { ...page, ...await countAll(deps, plan, request, budget.count(request)) };
      }
      const below = Math.min(plan.range.high, (request.beforeSeq ?? Infinity) - 1);
      const range = { low: plan.range.low, high: below };
      if (!plan.exact) return await searchPage(deps, plan, request, range, budget);
      const page = await exactPage(sql, plan, range, request.limit);
      return {
        entriesText: page.text,
        nextBeforeSeq: page.more ? page.oldest : null,
        nextAfterSeq: null,
        ...await countAll(deps, plan, request, 0),
        partial: false,
      };
    },
    facets: (filter) => readFacets(deps, filter, deps.budget?.count),
    histogram: (filter, buckets) => readHistogram(deps, filter, buckets, deps.budget?.count),
  };
}

async function exactPage(
  sql: SearchSql,
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
async function exactTotal(sql: SearchSql, plan: Plan): Promise<number> {
  if (!plan.lanes) return Math.max(0, plan.range.high - plan.range.low + 1);
  return await countLanes(readersOf(sql), plan.lanes, plan.range, TOTAL_LIMIT + 1);
}

async function countAll(deps: Deps, plan: Plan, { filter }: PageRequest, ms: number) {
  if (plan.exact) {
    const total = await exactTotal(deps.sql, plan);
    return { total: Math.min(total, TOTAL_LIMIT), totalCapped: total > TOTAL_LIMIT };
  }
  const { seqs, ended } = await search(deps, plan, filter, plan.range, { wanted: TOTAL_LIMIT + 1, ms });
  return { total: Math.min(seqs.length, TOTAL_LIMIT), totalCapped: !ended || seqs.length > TOTAL_LIMIT };
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
    nextAfterSeq: null,
    total: Math.min(Math.max(counted.seqs.length, found.seqs.length), TOTAL_LIMIT),
    totalCapped: !counted.ended || counted.seqs.length > TOTAL_LIMIT,
    partial: !more && !found.ended,
  };
}
