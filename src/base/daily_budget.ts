const DAY_MS = 86_400_000;

/** How many entries outsiders may still cause today, so that they cannot push history out. */
export interface DailyBudget {
  /** Uses one; false when none is left. */
  take(): boolean;
}

/**
 * A day starts with the first entry after the last one ended, or once the clock was set back by more than that.
 * `perDay` is asked each time: the setting may change.
 */
export function createDailyBudget(
  deps: { readonly clock: { now(): number }; readonly perDay: () => number },
): DailyBudget {
  const { clock, perDay } = deps;
  let startedAt = -Infinity;
  let taken = 0;
  return {
    take: () => {
      const now = clock.now();
      if (Math.abs(now - startedAt) >= DAY_MS) [startedAt, taken] = [now, 0];
      if (taken >= perDay()) return false;
      taken += 1;
      return true;
    },
  };
}
