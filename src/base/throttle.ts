import type { DailyBudget } from "./daily_budget.ts";

const PER_WINDOW = 10;
const WINDOW_MS = 60_000;
const OVERFLOW_MS = 3_600_000;
const MOST_WINDOWS = 4096;

/** Lets outsiders put no more on record than the log can bear: some a minute for each of them, and a budget for all. */
export interface Throttle<T> {
  /** True when this may be recorded; otherwise it is counted, and told of later. `group`: who counts as one outsider. */
  admits(group: string, what: T): boolean;
  /** Ends all windows now and tells what they suppressed. */
  flush(): void;
}

export interface ThrottleDeps<T> {
  readonly turn: { delay(callback: () => void, ms: number): () => void };
  readonly budget: DailyBudget;
  /** Records how many were suppressed: of one group, or of many. `last` is one of them. */
  readonly summarise: (group: string | undefined, suppressed: number, last: T) => void;
}

/** A minute of one outsider; it starts with the first that it causes. */
interface Window<T> {
  count: number;
  last: T;
  readonly cancel: () => void;
}

export function createThrottle<T>({ turn, budget, summarise }: ThrottleDeps<T>): Throttle<T> {
  const overflow = createOverflow<T>(turn, (suppressed, last) => summarise(undefined, suppressed, last));
  // In the order of their starts, which is the order of insertion.
  const windows = new Map<string, Window<T>>();

  function open(group: string, what: T): Window<T> {
    const [oldest] = windows.keys();
    if (oldest !== undefined && windows.size >= MOST_WINDOWS) close(oldest);
    const window = { count: 0, last: what, cancel: turn.delay(() => close(group), WINDOW_MS) };
    windows.set(group, window);
    return window;
  }

  function close(group: string): void {
    const window = windows.get(group);
    if (window === undefined) return;
    windows.delete(group);
    window.cancel();
    const suppressed = window.count - PER_WINDOW;
    if (suppressed <= 0) return;
    if (budget.take()) summarise(group, suppressed, window.last);
    else overflow.add(suppressed, window.last);
  }

  return {
    admits: (group, what) => {
      const window = windows.get(group) ?? open(group, what);
      window.count += 1;
      window.last = what;
      if (window.count > PER_WINDOW) return false;
      if (budget.take()) return true;
      overflow.add(1, what);
      return false;
    },
    flush: () => {
      for (const group of [...windows.keys()]) close(group);
      overflow.flush();
    },
  };
}

/** Counts what the day has no room for, and says how many once an hour. */
function createOverflow<T>(turn: ThrottleDeps<T>["turn"], write: (suppressed: number, last: T) => void) {
  let counted: { readonly suppressed: number; readonly last: T } | undefined;
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel?.();
    cancel = undefined;
    const { suppressed, last } = counted ?? {};
    counted = undefined;
    // Both are there or neither; a `T` may itself be undefined.
    if (suppressed !== undefined) write(suppressed, last as T);
  };
  const add = (count: number, last: T) => {
    counted = { suppressed: (counted?.suppressed ?? 0) + count, last };
    cancel ??= turn.delay(flush, OVERFLOW_MS);
  };
  return { add, flush };
}
