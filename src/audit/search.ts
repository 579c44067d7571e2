import { candidates } from "./candidates.ts";
import type { Entry } from "./entry.ts";
import { entryTest, type Filter, textsOf } from "./filter.ts";
import type { Plan } from "./plan.ts";
import type { Clock, Reader, Turn } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** How long the event loop may be held between two turns, in milliseconds. */
const SLICE_MS = 8;

/** A database, and the same off the event loop. */
export type SearchSql = Reader & { readonly background: Reader };

export const readersOf = (sql: SearchSql) => ({ sql, background: sql.background });

/** What a search found. */
export interface Found {
  readonly seqs: readonly number[];
  /** The lowest seq that was looked at. */
  readonly reached: number;
  /** True when there is nothing left to look at. */
  readonly ended: boolean;
}

/**
 * Looks at candidates, newest first, in slices, until enough are found or the time is over: time of the event loop.
 * While the text index finds nothing to look at, others have it, and an eighth of the time counts.
 */
export async function search(
  { sql, clock, turn }: { readonly sql: SearchSql; readonly clock: Clock; readonly turn: Turn },
  plan: Plan,
  filter: Filter,
  range: Range,
  until: { readonly wanted: number; readonly ms: number; readonly visit?: (entry: Entry) => void },
): Promise<Found> {
  const matches = entryTest(filter);
  const seqs: number[] = [];
  const begun = clock.now();
  let slice = begun;
  let looked = begun;
  let spent = 0;
  for await (const chunk of candidates(readersOf(sql), plan, textsOf(filter), range)) {
    for (const row of chunk.rows) {
      if (seqs.length >= until.wanted) break;
      // Our own canonical text: parsed, not validated again.
      const entry = JSON.parse(row.entry) as Entry;
      if (!matches(entry)) continue;
      seqs.push(row.seq);
      until.visit?.(entry);
    }
    const now = clock.now();
    const ended = chunk.reached <= range.low;
    if (ended) break;
    spent += chunk.rows.length > 0 ? now - looked : (now - looked) / 8;
    looked = now;
    if (seqs.length >= until.wanted || spent >= until.ms) return { seqs, reached: chunk.reached, ended: false };
    if (now - slice >= SLICE_MS) {
      await new Promise<void>((resolve) => turn.after(resolve));
      slice = looked = clock.now();
    }
  }
  return { seqs, reached: range.low, ended: true };
}
