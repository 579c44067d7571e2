import { clockTime, count, dayKey, entriesWords } from "../../base/format.ts";
import { boundsOf, type Histogram, type Run, sumOf } from "./histogram.ts";

const DAY_SECONDS = 86_400;

const dayWords = (ts: string): string =>
  new Date(ts).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** `Sun 22 Nov, 10:00 – 11:00`, as exact as the buckets are wide; without the day where all is of one. */
export function runTimes(histogram: Histogram, run: Run): string {
  const { since, until } = boundsOf(histogram, run);
  const sameDay = dayKey(since) === dayKey(until);
  if (histogram.bucket_seconds >= DAY_SECONDS) {
    return sameDay ? dayWords(since) : `${dayWords(since)} – ${dayWords(until)}`;
  }
  const whole = boundsOf(histogram, { first: 0, last: histogram.buckets.length - 1 });
  const day = (ts: string) => dayKey(whole.since) === dayKey(whole.until) ? "" : `${dayWords(ts)}, `;
  const clock = (ts: string) => histogram.bucket_seconds < 60 ? clockTime(ts) : clockTime(ts).slice(0, 5);
  const end = new Date(Date.parse(until) + 1).toISOString();
  return `${day(since)}${clock(since)} – ${sameDay ? "" : day(end)}${clock(end)}`;
}

/** `12 entries, 3 of them warnings, 1 an error`. */
export function countWords({ info, warning, error }: ReturnType<typeof sumOf>, partial: boolean): string {
  const all = `${partial ? "at least " : ""}${entriesWords(info + warning + error)}`;
  const parts = [
    ...(warning === 0 ? [] : [`${count(warning)} ${warning === 1 ? "warning" : "warnings"}`]),
    ...(error === 0 ? [] : [`${count(error)} ${error === 1 ? "error" : "errors"}`]),
  ];
  return [all, ...parts].join(", ");
}

export const runWords = (histogram: Histogram, run: Run): string =>
  `${runTimes(histogram, run)}: ${countWords(sumOf(histogram, run), histogram.partial)}`;
