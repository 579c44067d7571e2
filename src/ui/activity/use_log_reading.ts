import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../base/api.ts";
import { type Problem, type Result, UNREACHABLE } from "../base/problem.ts";
import { createSteadyReading, type SteadyReading } from "../base/steady_reading.ts";
import { browserTimer } from "../base/timer.ts";
import { useUi } from "../ui.ts";

export interface LogReading<T> {
  /** What was read last, also while the next is read; not what the server refused to read again. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  /** What the value was read for; undefined once the log was emptied. */
  readonly key: string | undefined;
}

const REST_MS = 5000;

/** What is left of a reading when the next one fails: the server may be away, but it takes back what it refuses. */
export const failedReading = <T>(before: LogReading<T>, problem: Problem, key: string): LogReading<T> =>
  problem.status === UNREACHABLE.status && before.key === key
    ? { ...before, problem }
    : { value: undefined, problem, key: undefined };

/** Something that is read of the log and follows it while the page is seen. Another `key` reads at once. */
export function useLogReading<T>(
  key: string,
  read: (api: Pick<Api, "get">, signal: AbortSignal) => Promise<Result<T>>,
): {
  readonly reading: Signal<LogReading<T>>;
  /** Whether the value is of this key, and not of one before. */
  readonly fresh: boolean;
  readonly again: () => void;
} {
  const { api, live } = useUi();
  const reading = useSignal<LogReading<T>>({ value: undefined, problem: undefined, key: undefined });
  const latest = useRef(read);
  latest.current = read;
  const steady = useRef<SteadyReading | undefined>(undefined);
  useEffect(() =>
    live.on(({ type }) => {
      if (type === "log_cleared" || type === "reset") reading.value = { ...reading.peek(), key: undefined };
    }), [live]);
  useEffect(() => {
    // Why another one could not be read says nothing of this one.
    if (reading.peek().problem !== undefined) reading.value = { ...reading.peek(), problem: undefined };
    const made = createSteadyReading({
      read: async (signal) => {
        const answer = await latest.current(api, signal);
        if (signal.aborted) return;
        reading.value = answer.ok
          ? { value: answer.value, problem: undefined, key }
          : failedReading(reading.peek(), answer.problem, key);
      },
      live,
      timer: browserTimer(),
      isSeen: () => document.visibilityState === "visible",
      restMs: REST_MS,
    });
    steady.current = made;
    document.addEventListener("visibilitychange", made.wake);
    return () => {
      document.removeEventListener("visibilitychange", made.wake);
      made.stop();
    };
  }, [key]);
  return { reading, fresh: reading.value.key === key, again: () => steady.current?.again() };
}
