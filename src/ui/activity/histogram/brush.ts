import type { Run } from "./histogram.ts";

/** What is chosen of the buckets: from the anchor to the end, in either direction. */
export interface Brush {
  readonly anchor: number;
  readonly end: number;
}

export const runOf = ({ anchor, end }: Brush): Run => ({ first: Math.min(anchor, end), last: Math.max(anchor, end) });

/** Within so many buckets; undefined where there is none. */
export function clamped(brush: Brush | undefined, count: number): Brush | undefined {
  if (brush === undefined || count === 0) return undefined;
  return { anchor: Math.min(brush.anchor, count - 1), end: Math.min(brush.end, count - 1) };
}

export type Step = -1 | 1 | "first" | "last";

const STEPS: Readonly<Record<string, Step>> = { ArrowLeft: -1, ArrowRight: 1, Home: "first", End: "last" };

/** Where a key leads; undefined for other keys. */
export const stepOf = (key: string): Step | undefined => Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;

/** One step further; with `extend` the anchor stays. Without a brush it begins with the newest. */
export function moved(brush: Brush | undefined, step: Step, extend: boolean, count: number): Brush {
  const last = count - 1;
  const from = brush?.end ?? (step === "first" ? 0 : last + (step === 1 ? 0 : step === -1 ? 1 : 0));
  const end = step === "first" ? 0 : step === "last" ? last : Math.min(Math.max(from + step, 0), last);
  return { anchor: extend && brush !== undefined ? brush.anchor : end, end };
}

/** The bucket at a share 0..1 of the width. */
export const bucketAt = (share: number, count: number): number =>
  Math.min(Math.max(Math.floor(share * count), 0), count - 1);
