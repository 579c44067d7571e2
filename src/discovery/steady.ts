import type { Clock } from "../audit/ports.ts";

/** It is looked at every second: what is more than this was no time that passed. */
const LONGEST_MS = 60_000;

/** A clock that nobody sets: steps of the one beneath, and while the machine sleeps, do not count. */
export function createSteady(clock: Clock): Clock {
  let last = clock.now();
  let steps = 0;
  return {
    now: () => {
      const now = clock.now();
      const passed = now - last;
      if (passed < 0 || passed > LONGEST_MS) steps += passed;
      last = now;
      return now - steps;
    },
  };
}
