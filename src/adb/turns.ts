import { Refusal } from "../base/errors.ts";

/** One thing at a time, in the order in which it was asked for. */
export interface Turns {
  /** Refuses with `unavailable` when too many wait already. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

const MOST_WAITING = 8;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let taken = 0;
  return {
    take: async (work) => {
      if (taken > MOST_WAITING) throw new Refusal("unavailable", "Cannot use adb now: too many requests wait for it");
      taken++;
      const turn = last.then(work);
      // Whoever took the turn hears how it went; the next one only that it is over.
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        taken--;
      }
    },
    idle: async () => {
      await last;
    },
  };
}
