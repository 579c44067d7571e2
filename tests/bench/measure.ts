import { setImmediate } from "node:timers";

/** The value below which the share `p` (0..1) of the values lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** One way of doing the work; resolves with how many were done in a second. */
export interface Variant {
  readonly name: string;
  round(): Promise<number>;
}

export interface Measured {
  readonly name: string;
  readonly perSecond: number;
  /** Median over the rounds of this variant's rate by the baseline's rate in the same round. */
  readonly ratio: number;
  readonly lowestRatio: number;
  readonly highestRatio: number;
}

/**
 * Runs the variants in turn, A B C A B C …, so that what else the machine does meets all of them. The last is the
 * baseline of the ratios. The first round only warms up.
 */
export async function pairedRounds(variants: readonly Variant[], rounds: number): Promise<readonly Measured[]> {
  const rates: number[][] = variants.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, variant] of variants.entries()) {
      const rate = await variant.round();
      if (round >= 0) rates[i]!.push(rate);
    }
  }
  const baseline = rates.at(-1)!;
  return variants.map(({ name }, i) => {
    const ratios = rates[i]!.map((rate, round) => rate / baseline[round]!);
    return {
      name,
      perSecond: median(rates[i]!),
      ratio: median(ratios),
      lowestRatio: Math.min(...ratios),
      highestRatio: Math.max(...ratios),
    };
  });
}

/** Work of `count` pieces as a rate per second. */
export async function ratePerSecond(count: number, work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return count * 1000 / (performance.now() - begun);
}

/** Milliseconds that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
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
