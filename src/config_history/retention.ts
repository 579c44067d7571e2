import type { Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import { readRemovalTimes, type RemovalTimes, removeLostChecks, removeOlder, writeRemovalTimes } from "./store.ts";

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
const EVERY_MS = 3_600_000;
const FIRST_MS = 10_000;
/** Snapshots in one commit. */
const BATCH = 64;

/**
 * Removes snapshots that are older than 90 days, every hour. After a leap of the clock of more than a day, in either
 * direction, it has to be steady for a day first: no history may go because a battery was empty.
 */
export interface Retention {
  start(signal: AbortSignal): void;
  /** Never rejects: what is left is for the next run. */
  run(): Promise<void>;
}

export function createRetention(
  { recorder, clock, turn, context, log }: {
    readonly recorder: Recorder;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly context: ActorContext;
    readonly log: Pick<Log, "warning">;
  },
): Retention {
  let ended = false;
  /** Notes the run; whether the age of snapshots can be told now. */
  const begin = () =>
    recorder.change(async (tx) => {
      const times = nextTimes(await readRemovalTimes(tx), clock.now());
      await writeRemovalTimes(tx, times);
      return times.steadySince === null;
    });
  const removeOld = async () => {
    const before = new Date(clock.now() - KEPT_MS).toISOString();
    let removed = BATCH;
    while (removed === BATCH && !ended) removed = await recorder.change((tx) => removeOlder(tx, before, BATCH));
  };
  const run = async () => {
    try {
      if (await begin()) await removeOld();
      await recorder.change(removeLostChecks);
    } catch (error) {
      log.warning("Old configurations could not be removed", { error: String(error) });
    }
  };
  let next = () => {};
  const plan = (ms: number) => {
    next = turn.delay(() => void run().then(again, again), ms);
  };
  const again = () => {
    if (!ended) plan(EVERY_MS);
  };
  return {
    run,
    start: (signal) => {
      if (signal.aborted) return;
      signal.addEventListener("abort", () => {
        ended = true;
        next();
      }, { once: true });
      context.runAsSystem(() => plan(FIRST_MS));
    },
  };
}

function nextTimes({ runAt, steadySince }: RemovalTimes, now: number): RemovalTimes {
  const leapt = runAt !== null && Math.abs(now - runAt) > DAY_MS;
  const since = leapt ? now : steadySince;
  return { runAt: now, steadySince: since !== null && now - since < DAY_MS ? since : null };
}
