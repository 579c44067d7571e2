import type { Live } from "./live.ts";
import type { LiveMessage } from "./messages.ts";
import { report } from "./report.ts";
import type { Timer } from "./timer.ts";

export interface SteadyReadingDeps {
  /** Never rejects but for a defect; given up by the signal. */
  readonly read: (signal: AbortSignal) => Promise<void>;
  readonly live: Pick<Live, "on">;
  readonly timer: Timer;
  /** Whether somebody looks. */
  readonly isSeen: () => boolean;
  /** The least time between two readings, in milliseconds. */
  readonly restMs: number;
}

/** Reads what the log says in sum: at once, then as it grows, one reading at a time and with a rest after each. */
export interface SteadyReading {
  /** Looks whether a reading is due, e.g. because somebody looks again. */
  wake(): void;
  /** Reads as soon as possible; what is being read is still taken. */
  again(): void;
  stop(): void;
}

/** A reading that takes long rests the longer, so that watching costs a server little. */
const REST_PER_WORK = 10;

export function createSteadyReading({ read, live, timer, isSeen, restMs }: SteadyReadingDeps): SteadyReading {
  let stopped = false;
  let given = new AbortController();
  let due = true;
  let running = false;
  let hurry = false;
  let endRest: (() => void) | undefined;
  const run = async () => {
    due = hurry = false;
    running = true;
    given = new AbortController();
    const began = timer.now();
    await read(given.signal).finally(() => running = false);
    if (stopped) return;
    if (hurry) wake();
    else endRest = timer.after(Math.max(restMs, (timer.now() - began) * REST_PER_WORK), rested);
  };
  const wake = () => {
    if (!due || running || endRest !== undefined || stopped || !isSeen()) return;
    void run().catch(report);
  };
  const rested = () => {
    endRest = undefined;
    wake();
  };
  const again = () => {
    due = hurry = true;
    endRest?.();
    rested();
  };
  const stopHearing = live.on((message) => {
    if (EMPTIED.includes(message.type)) {
      // What is being read may be of before.
      given.abort();
      return again();
    }
    if (GROWN.includes(message.type)) {
      due = true;
      wake();
    }
  });
  // What the view itself needs is asked for first.
  const begin = timer.after(0, wake);
  return {
    wake,
    again,
    stop: () => {
      stopped = true;
      given.abort();
      begin();
      stopHearing();
      endRest?.();
    },
  };
}

const GROWN: readonly LiveMessage["type"][] = ["activity_logged", "caught_up"];
const EMPTIED: readonly LiveMessage["type"][] = ["log_cleared", "reset", "gap"];
