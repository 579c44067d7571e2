import { setImmediate } from "node:timers";

/** The value below which the share `p` (0..1) of the values lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** One way of doing the work. */
export interface Variant {
  readonly name: string;
  /** Does the next piece; resolves with how many were done and the milliseconds that it took. */
  piece(): Promise<{ readonly count: number; readonly ms: number }>;
}

/** Rates per second of one variant, a round each. */
export interface Measured {
  readonly name: string;
  readonly rates: readonly number[];
}

/**
 * Runs the variants in turn, piece by piece, A B C A B C …, so that what else the machine does meets all of them; many
 * pieces make a round. The first round only warms up.
 */
export async function pairedRounds(
  variants: readonly Variant[],
  rounds: number,
  pieces: number,
): Promise<readonly Measured[]> {
  const rates: number[][] = variants.map(() => []);
  for (let round = -1; round < rounds; round++) {
    const sums = variants.map(() => ({ count: 0, ms: 0 }));
    for (let piece = 0; piece < pieces; piece++) {
      for (const [i, variant] of variants.entries()) {
        const { count, ms } = await variant.piece();
        sums[i] = { count: sums[i]!.count + count, ms: sums[i]!.ms + ms };
      }
    }
    if (round >= 0) sums.forEach(({ count, ms }, i) => rates[i]!.push(count * 1000 / ms));
  }
  return variants.map(({ name }, i) => ({ name, rates: rates[i]! }));
}

export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The rates by the baseline's in the same rounds. */
export function ratioTo(baseline: Measured, { rates }: Measured): Ratio {
  const ratios = rates.map((rate, round) => rate / baseline.rates[round]!);
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** Watches how long the event loop is held between two of its turns, by turning it without a pause. */
export function watchLoop(): { longestMs(): number; stop(): void } {
  let last = performance.now();
  let longest = 0;
  let stopped = false;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!stopped) setImmediate(look);
  };
  const nextTurn = () => setImmediate(look);
  nextTurn();
  return {
    /** Milliseconds since the last call. */
    longestMs: () => {
      const found = Math.max(longest, performance.now() - last);
      longest = 0;
      last = performance.now();
      return found;
    },
    stop: () => void (stopped = true),
  };
}

/** Lets waiting callbacks run. */
export const turnLoop = () => new Promise<void>((resolve) => void setImmediate(() => resolve()));
