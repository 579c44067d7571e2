import type { Turn } from "../audit/ports.ts";
import type { AdbRun, RunAdb } from "./program.ts";

/** Runs one command; never rejects. */
export type Ask = (...args: readonly string[]) => Promise<AdbRun>;

/** Commands of adb, none of which goes on for longer than the work that it belongs to may. */
export interface Commands {
  /** After so many milliseconds the command that runs is ended; it, and every later one of this work, is out of time. */
  within<T>(ms: number, work: (ask: Ask) => Promise<T>): Promise<T>;
  /** Ends what runs, and resolves once it has; every later command fails. */
  stop(): Promise<void>;
}

export function createCommands(
  { run, turn }: {
    /** Undefined where there is no adb. */
    readonly run: RunAdb | undefined;
    readonly turn: Pick<Turn, "delay">;
  },
): Commands {
  const underWay = new Set<AbortController>();
  let stopped = false;
  let idle = () => {};
  return {
    within: async (ms, work) => {
      const ending = new AbortController();
      let late = false;
      const cancel = turn.delay(() => {
        late = true;
        ending.abort();
      }, ms);
      if (stopped) ending.abort();
      underWay.add(ending);
      try {
        return await work(async (...args) => {
          const ended = await run?.(args, ending.signal) ?? { ok: false, reason: "missing" } as const;
          return late && !ended.ok ? { ok: false, reason: "timeout" } : ended;
        });
      } finally {
        cancel();
        underWay.delete(ending);
        if (underWay.size === 0) idle();
      }
    },
    stop: () => {
      stopped = true;
      for (const ending of underWay) ending.abort();
      return underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => idle = resolve);
    },
  };
}
