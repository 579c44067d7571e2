import type { LogSettings } from "../../activity/log_settings.ts";
import type { Total } from "../../activity/log_state.ts";
import type { Page } from "../../activity/page.ts";
import { seqOfId } from "../../activity/row.ts";
import { type Api, withQuery } from "../../base/api.ts";
import { count, entriesWords } from "../../base/format.ts";
import type { Result } from "../../base/problem.ts";

const DAY_MS = 86_400_000;
const NONE: Total = { count: 0, capped: false };

const isLower = (wanted: number | null | undefined, now: number | null): wanted is number =>
  wanted !== undefined && wanted !== null && (now === null || wanted < now);

/** How many go of so many: the log also has to hold what it says about the change, and about the removal. */
export const goneByNumber = (size: number, limit: number): number => size + 1 > limit ? size + 2 - limit : 0;

/** How many entries go at least when these limits are saved at `now`; only a lower limit removes any. */
export async function readLoss(
  api: Pick<Api, "get">,
  change: Partial<LogSettings>,
  settings: LogSettings,
  now: number,
): Promise<Result<Total>> {
  const { max_days, max_entries } = change;
  const byAge = isLower(max_days, settings.max_days) ? await olderThan(api, now - max_days * DAY_MS) : known(NONE);
  if (!byAge.ok || !isLower(max_entries, settings.max_entries)) return byAge;
  const size = await readSize(api);
  if (!size.ok) return size;
  // Both remove the beginning of the log: the larger part holds the other.
  const byNumber = goneByNumber(size.value, max_entries);
  return byNumber >= byAge.value.count && byNumber > 0 ? known({ count: byNumber, capped: false }) : byAge;
}

const known = <T>(value: T): Result<T> => ({ ok: true, value, etag: null });

async function olderThan(api: Pick<Api, "get">, cutoff: number): Promise<Result<Total>> {
  const until = new Date(cutoff - 1).toISOString();
  const answer = await api.get<Page>(withQuery("/api/v1/activity-log", { until, limit: 1 }));
  return answer.ok ? known({ count: answer.value.total, capped: answer.value.total_capped }) : answer;
}

/** Entries are numbered without gaps, so that the first and the last tell how many there are. */
async function readSize(api: Pick<Api, "get">): Promise<Result<number>> {
  const newest = await api.get<Page>(withQuery("/api/v1/activity-log", { limit: 1 }));
  if (!newest.ok) return newest;
  if (!newest.value.total_capped) return known(newest.value.total);
  const oldest = await api.get<Page>(withQuery("/api/v1/activity-log", { after_seq: 0, limit: 1 }));
  if (!oldest.ok) return oldest;
  const [last, first] = [placeOf(newest.value), placeOf(oldest.value)];
  return known(last === undefined || first === undefined ? newest.value.total : last - first + 1);
}

const placeOf = ({ entries: [entry] }: Page) => entry && seqOfId(entry.id);

export const isLoss = ({ count, capped }: Total): boolean => count > 0 || capped;

/** How many go, as the beginning of a sentence. */
export function lossWords({ count: least, capped }: Total): string {
  if (!capped) return `At least ${entriesWords(least)} ${least === 1 ? "goes" : "go"}`;
  return least === 0 ? "More entries go than could be counted" : `${count(least)}+ entries go`;
}
