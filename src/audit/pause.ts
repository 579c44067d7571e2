import type { Turn } from "./ports.ts";

/** Lets others go first for some milliseconds; ends at once when the signal aborts. */
export function pause(turn: Turn, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = turn.delay(end, ms);
    signal.addEventListener("abort", end);
  });
}
