import type { DailyBudget } from "./daily_budget.ts";

const PER_WINDOW = 10;
const WINDOW_MS = 60_000;
const OVERFLOW_MS = 3_600_000;
const MOST_WINDOWS = 4096;

interface Timers {
  delay(callback: () => void, ms: number): () => void;
}

/** The minutes of outsiders; each starts with the first that one of them causes, of whatever kind. */
export interface Windows {
  hasRoom(group: string): boolean;
  /** Uses some of this outsider's minute; false when nothing is left of it. */
  take(group: string): boolean;
  /** Calls once when the minute that runs now ends. */
  whenEnded(group: string, callback: () => void): void;
  /** Ends all now. */
  flush(): void;
}

/** What outsiders may put on record, all kinds of it together. */
export interface OutsiderLimits {
  readonly windows: Windows;
  readonly budget: DailyBudget;
}

/** Lets outsiders put no more on record than the log can bear: some a minute for each of them, and a budget for all. */
export interface Throttle<T> {
  /** True when this may be recorded; otherwise it is counted, and told of later. `group`: who counts as one outsider. */
  admits(group: string, what: T): boolean;
  /** True when there is room by now for what was counted before. */
  admitsLate(group: string): boolean;
  /** Ends all windows now and tells what they suppressed. */
  flush(): void;
}

export interface ThrottleDeps<T> {
  readonly turn: Timers;
  readonly limits: OutsiderLimits;
  /** Records how many were suppressed: of one group, or of many. `last` is one of them. */
  readonly summarise: (group: string | undefined, suppressed: number, last: T) => void;
}

interface Window {
  count: number;
  readonly ended: (() => void)[];
  readonly cancel: () => void;
}

export function createWindows(turn: Timers): Windows {
  // In the order of their starts, which is the order of insertion.
  const windows = new Map<string, Window>();

  function open(group: string): Window {
    const [oldest] = windows.keys();
    if (oldest !== undefined && windows.size >= MOST_WINDOWS) close(oldest);
    const window = { count: 0, ended: [], cancel: turn.delay(() => close(group), WINDOW_MS) };
    windows.set(group, window);
    return window;
  }

  function close(group: string): void {
    const window = windows.get(group);
    if (window === undefined) return;
    windows.delete(group);
    window.cancel();
    for (const callback of window.ended) callback();
  }

  const hasRoom = (group: string) => (windows.get(group)?.count ?? 0) < PER_WINDOW;

  return {
    hasRoom,
    take: (group) => {
      if (!hasRoom(group)) return false;
      (windows.get(group) ?? open(group)).count += 1;
      return true;
    },
    whenEnded: (group, callback) => void (windows.get(group) ?? open(group)).ended.push(callback),
    flush: () => {
      for (const group of [...windows.keys()]) close(group);
    },
  };
}

export function createThrottle<T>({ turn, limits: { windows, budget }, summarise }: ThrottleDeps<T>): Throttle<T> {
  const overflow = createOverflow<T>(turn, (suppressed, last) => summarise(undefined, suppressed, last));
  /** What there was no room for in the minutes that run. */
  const counted = new Map<string, { suppressed: number; last: T }>();

  const tell = (group: string) => {
    const { suppressed, last } = counted.get(group) ?? {};
    counted.delete(group);
    if (suppressed === undefined) return;
    // Both are there or neither; a `T` may itself be undefined.
    if (budget.take()) summarise(group, suppressed, last as T);
    else overflow.add(suppressed, last as T);
  };

  const count = (group: string, what: T) => {
    const before = counted.get(group);
    if (before === undefined) windows.whenEnded(group, () => tell(group));
    counted.set(group, { suppressed: (before?.suppressed ?? 0) + 1, last: what });
  };

  return {
    admits: (group, what) => {
      if (!windows.take(group)) {
        count(group, what);
        return false;
      }
      if (budget.take()) return true;
      overflow.add(1, what);
      return false;
    },
    admitsLate: (group) => windows.hasRoom(group) && budget.take() && windows.take(group),
    flush: () => {
      windows.flush();
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
