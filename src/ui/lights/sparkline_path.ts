import { type Checks, MOST_CHECKS } from "./check_history.ts";

export interface SparklinePath {
  /** The line; broken where a check failed. */
  readonly line: string;
  /** Where checks failed, from the left. */
  readonly failures: readonly number[];
  /** The newest, when it was answered. */
  readonly last: { readonly x: number; readonly y: number } | undefined;
}

export const SPARKLINE = { width: 80, height: 20 } as const;
const EDGE = 2;
/** Below this all is well, and what varies is of no interest. */
const LEAST_SCALE_MS = 20;

const round = (value: number): number => Math.round(value * 10) / 10;

/** The newest check is at the right end, however many there are. */
export function sparklinePath(checks: Checks): SparklinePath {
  const scale = Math.max(LEAST_SCALE_MS, ...checks.map((ms) => ms ?? 0));
  const step = (SPARKLINE.width - 2 * EDGE) / (MOST_CHECKS - 1);
  const xOf = (index: number) => round(SPARKLINE.width - EDGE - (checks.length - 1 - index) * step);
  const yOf = (ms: number) => round(SPARKLINE.height - EDGE - (ms / scale) * (SPARKLINE.height - 2 * EDGE));
  let pen = "M";
  const parts: string[] = [];
  for (const [index, ms] of checks.entries()) {
    if (ms === null) pen = "M";
    else {
      parts.push(`${pen}${xOf(index)} ${yOf(ms)}`);
      pen = "L";
    }
  }
  const newest = checks.at(-1) ?? null;
  return {
    line: parts.join(""),
    failures: checks.flatMap((ms, index) => ms === null ? [xOf(index)] : []),
    last: newest === null ? undefined : { x: xOf(checks.length - 1), y: yOf(newest) },
  };
}
