import type { Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import { removeLostChecks, removeOlder } from "./store.ts";

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
const EVERY_MS = 3_600_000;
const FIRST_MS = 10_000;
/** Snapshots in one commit. */
const BATCH = 64;

/** Removes snapshots that are older than 90 days, every hour. */
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
  const run = async () => {
    try {
      const before = new Date(clock.now() - KEPT_MS).toISOString();
      let removed = BATCH;
      while (removed === BATCH && !ended) removed = await recorder.change((tx) => removeOlder(tx, before, BATCH));
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
