import type { RunTimes } from "./prune_sql.ts";
import { DAY_MS } from "./spans.ts";

/**
 * The times after a run that begins now, and whether the clock can be trusted to tell the age of entries. After a
 * leap of more than a day, in either direction, it has to go on as clocks do for a day first: nobody's history may
 * go because a battery was empty.
 */
export function nextRunTimes({ runAt, steadySince }: RunTimes, now: number): RunTimes & { readonly trusted: boolean } {
  const leapt = runAt !== null && Math.abs(now - runAt) > DAY_MS;
  const since = leapt ? now : steadySince;
  const trusted = since === null || now - since >= DAY_MS;
  return { runAt: now, steadySince: trusted ? null : since, trusted };
}

/** When the clock is trusted again, in milliseconds since 1970; null while it is. */
export const trustedFrom = ({ steadySince }: RunTimes): number | null =>
  steadySince === null ? null : steadySince + DAY_MS;
