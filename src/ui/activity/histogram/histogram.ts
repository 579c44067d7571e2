import type { Severity } from "../../../audit/mod.ts";
import { type Api, withQuery } from "../../base/api.ts";
import type { Result } from "../../base/problem.ts";
import { changed, type Filter, filterQuery } from "../filter.ts";

/** How many entries of each severity began in one span of time. */
export type Bucket = Readonly<Record<Severity, number>> & { readonly start: string };

/** The matching log over time, as the server answers: spans of one width that follow one another without a hole. */
export interface Histogram {
  readonly since: string | null;
  readonly until: string | null;
  readonly bucket_seconds: number;
  readonly buckets: readonly Bucket[];
  readonly total: number;
  /** Only part of the log was looked at: there are at least so many. */
  readonly partial: boolean;
}

export const readHistogram = (
  api: Pick<Api, "get">,
  filter: Filter,
  buckets: number,
  signal: AbortSignal,
): Promise<Result<Histogram>> =>
  api.get<Histogram>(withQuery("/api/v1/activity-log/histogram", { ...filterQuery(filter), buckets }), { signal });

export const countIn = ({ info, warning, error }: Bucket): number => info + warning + error;

/** Some of the buckets, both ends included. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** When a run begins, and the last millisecond of it. */
export function boundsOf(histogram: Histogram, { first, last }: Run) {
  const startOf = (index: number) => Date.parse(histogram.buckets[index]?.start ?? "");
  const end = startOf(last) + histogram.bucket_seconds * 1000 - 1;
  return { since: new Date(startOf(first)).toISOString(), until: new Date(end).toISOString() };
}

/** The filter of a run; never wider than it was, where a bucket reaches beyond its bounds. */
export function zoomed(filter: Filter, histogram: Histogram, run: Run): Filter {
  const { since, until } = boundsOf(histogram, run);
  return changed(filter, {
    since: filter.since !== undefined && filter.since > since ? filter.since : since,
    until: filter.until !== undefined && filter.until < until ? filter.until : until,
  });
}

/** The counts of a run together. */
export function sumOf({ buckets }: Histogram, { first, last }: Run): Readonly<Record<Severity, number>> {
  const sum = { info: 0, warning: 0, error: 0 };
  for (const bucket of buckets.slice(first, last + 1)) {
    sum.info += bucket.info;
    sum.warning += bucket.warning;
    sum.error += bucket.error;
  }
  return sum;
}
