import type { Severity } from "../../../audit/mod.ts";
import { type Bucket, countIn } from "./histogram.ts";

/** What lies below comes first. */
export const STACK: readonly Severity[] = ["info", "warning", "error"];

/** So much of a bucket's width is its bar; the rest is room between two. */
const WIDTH = 0.82;
/** What is there is seen, however little it is beside the others. */
const LEAST = 2;

const round = (value: number): number => Math.round(value * 100) / 100;

/** For each severity the outline of its part of all bars; a bucket is one unit wide, the highest bar `height` high. */
export function barsOf(buckets: readonly Bucket[], height: number): Readonly<Record<Severity, string>> {
  const most = Math.max(1, ...buckets.map(countIn));
  const parts: Record<Severity, string[]> = { info: [], warning: [], error: [] };
  for (const [index, bucket] of buckets.entries()) {
    const heights = heightsOf(bucket, most, height);
    let foot = height;
    for (const severity of STACK) {
      const part = heights[severity];
      if (part === 0) continue;
      foot -= part;
      parts[severity].push(`M${round(index + (1 - WIDTH) / 2)} ${round(foot)}h${WIDTH}v${round(part)}h-${WIDTH}z`);
    }
  }
  return { info: parts.info.join(""), warning: parts.warning.join(""), error: parts.error.join("") };
}

/** Each part that is there at least as high as can be seen, and the bar no higher than there is room. */
function heightsOf(bucket: Bucket, most: number, height: number): Readonly<Record<Severity, number>> {
  const fair = (severity: Severity) => bucket[severity] === 0 ? 0 : Math.max(LEAST, bucket[severity] / most * height);
  const heights = { info: fair("info"), warning: fair("warning"), error: fair("error") };
  const over = heights.info + heights.warning + heights.error - height;
  if (over <= 0) return heights;
  const [highest = "info"] = STACK.toSorted((a, b) => heights[b] - heights[a]);
  return { ...heights, [highest]: heights[highest] - over };
}
