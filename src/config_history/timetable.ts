import type { Check } from "./types.ts";

const MINUTE_MS = 60_000;
const EVERY_MS = 360 * MINUTE_MS;
/** After the first failure in a row, the second, and any later one. */
const RETRY_MS = [15 * MINUTE_MS, 60 * MINUTE_MS, EVERY_MS] as const;
/** So that a whole house is not read in one moment after a start. */
const OVERDUE_WITHIN_MS = MINUTE_MS;
/** A device that is new here: it may just be starting, and its owner is about to change more of it. */
export const ADOPTED_MS = 2000;

/** Milliseconds until the next look after this one. `chance` is from 0 up to 1: ±10 %, so that devices do not fall into step. */
export const nextAfter = ({ failures }: Pick<Check, "failures">, chance: number): number =>
  Math.round(
    (failures === 0 ? EVERY_MS : RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? EVERY_MS) * (0.9 + 0.2 * chance),
  );

/** The same at a start, when some of that time may have passed. A clock that stepped back does not put it off. */
export function nextAtStart(check: Check | undefined, now: number, chance: number): number {
  if (check === undefined) return chance * OVERDUE_WITHIN_MS;
  const wait = nextAfter(check, chance);
  const left = Date.parse(check.checkedAt) + wait - now;
  return left > 0 ? Math.min(left, wait) : chance * OVERDUE_WITHIN_MS;
}
