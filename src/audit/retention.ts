import { readSettings } from "./log_settings_sql.ts";
import { pause } from "./pause.ts";
import type { Clock, Sql, Turn } from "./ports.ts";
import { type PrunePlan, recordOwed, removeBatch } from "./prune.ts";
import { readLastRemoval, readRunTimes, writeRunTimes } from "./prune_sql.ts";
import { upToByAge, upToByCount } from "./prune_target.ts";
import { createReclaimer, STEP_PAUSE_MS } from "./reclaim.ts";
import type { Recorder } from "./recorder_types.ts";
import { nextRunTimes } from "./run_times.ts";
import { readPlace } from "./state_sql.ts";

/** Keeps the log within its limits of age and number: removes its beginning, and gives the space back. */
export interface Retention {
  /** What is under way ends within a batch once the signal aborts. */
  start(signal: AbortSignal): void;
  /**
   * Resolves once a run that began after this call has ended. Never rejects: an error is kept, and what is left is
   * for the next run. Asked for while one goes on, it runs once more.
   */
  run(): Promise<void>;
  /** Ends what is under way, within a batch, and waits for that. Nothing runs afterwards. */
  stop(): Promise<void>;
  /** The last error, until a run succeeds. */
  lastError(): unknown;
}

/** Rows in one commit, and how long others may have to wait for it. */
const BATCH = { first: 512, least: 64, most: 1024, ms: 15 };

export function createRetention(deps: { sql: Sql; recorder: Recorder; clock: Clock; turn: Turn }): Retention {
  const { sql, recorder, clock, turn } = deps;
  const reclaimer = createReclaimer(deps);
  const ended = new AbortController();
  const { signal } = ended;
  let size = BATCH.first;
  let waiting: Promise<void> | undefined;
  let last = Promise.resolve();
  let lastError: unknown;

  /** Notes the run; whether entries can be judged by their age now. */
  const begin = () =>
    recorder.change(async (tx) => {
      const { trusted, ...times } = nextRunTimes(await readRunTimes(tx), clock.now());
      await writeRunTimes(tx, times);
      return trusted;
    });

  const planFor = async (trusted: boolean): Promise<PrunePlan> => {
    const { maxDays, maxEntries } = await readSettings(sql);
    const place = await readPlace(sql);
    const byAge = trusted && maxDays !== null ? await upToByAge(sql, place, maxDays, clock.now()) : 0;
    return { maxDays, maxEntries, upTo: Math.max(byAge, upToByCount(place, maxEntries)) };
  };

  const prune = async (plan: PrunePlan) => {
    while (!signal.aborted) {
      const batch = await removeBatch(deps, plan, size);
      size = nextSize(size, batch.ms);
      if (batch.ended) return;
      await reclaimer.stepped();
      await pause(turn, STEP_PAUSE_MS, signal);
    }
  };

  /** What an earlier run removed before it was cut off. */
  const settle = async () => {
    const { floor } = await readPlace(sql);
    if (floor <= ((await readLastRemoval(sql))?.upTo ?? 0)) return;
    await recorder.change((tx) => recordOwed(recorder, tx));
  };

  const runOnce = async () => {
    if (signal.aborted) return;
    try {
      const plan = await planFor(await begin());
      if (plan.upTo > 0) await prune(plan);
      if (!signal.aborted) await settle();
      if (!signal.aborted) await reclaimer.reclaim(signal);
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
  };

  return {
    start: (given) => {
      if (given.aborted) ended.abort();
      given.addEventListener("abort", () => ended.abort(), { once: true });
    },
    run: () =>
      waiting ??= last = last.then(() => {
        waiting = undefined;
        return runOnce();
      }),
    stop: () => {
      ended.abort();
      return last;
    },
    lastError: () => lastError,
  };
}

const nextSize = (size: number, ms: number) =>
  ms > BATCH.ms ? Math.max(BATCH.least, size / 2) : ms < BATCH.ms / 3 ? Math.min(BATCH.most, size * 2) : size;
