import type { Filter } from "./filter.ts";
import { forward } from "./forward.ts";
import type { Plan } from "./plan.ts";
import type { Clock } from "./ports.ts";
import { readPageOf } from "./query_sql.ts";
import type { SearchSql } from "./search.ts";

/** One page of what follows a seq, oldest first; looks for at most `ms` milliseconds. */
export async function pageForward(
  { sql, clock }: { readonly sql: SearchSql; readonly clock: Clock },
  plan: Plan,
  { filter, afterSeq, limit, ms }: {
    readonly filter: Filter;
    readonly afterSeq: number;
    readonly limit: number;
    readonly ms: number;
  },
) {
  const range = { low: Math.max(plan.range.low, afterSeq + 1), high: plan.range.high };
  const begun = clock.now();
  const seqs: number[] = [];
  let reached = range.low - 1;
  const reader = plan.exact && !plan.lanes ? sql : sql.background;
  for await (const step of forward(reader, plan, filter, range)) {
    seqs.push(...step.seqs);
    reached = step.reached;
    if (seqs.length > limit || clock.now() - begun >= ms) break;
  }
  const more = seqs.length > limit;
  const ended = reached >= range.high;
  const shown = seqs.slice(0, limit);
  return {
    entriesText: (await readPageOf(sql, shown)).text,
    nextBeforeSeq: null,
    nextAfterSeq: more ? shown.at(-1)! : ended ? null : reached,
    partial: !more && !ended,
  };
}
