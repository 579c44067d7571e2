import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../base/api.ts";
import type { Problem, Result } from "../base/problem.ts";
import { createSteadyReading, type SteadyReading } from "../base/steady_reading.ts";
import { browserTimer } from "../base/timer.ts";
import { useUi } from "../ui.ts";

export interface LogReading<T> {
  /** What was read last, also while the next is read. */
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  /** What the value was read for. */
  readonly key: string | undefined;
}

const REST_MS = 5000;

/** Something that is read of the log and follows it while the page is seen. Another `key` reads at once. */
export function useLogReading<T>(
  key: string,
  read: (api: Pick<Api, "get">, signal: AbortSignal) => Promise<Result<T>>,
): { readonly reading: Signal<LogReading<T>>; readonly again: () => void } {
  const { api, live } = useUi();
  const reading = useSignal<LogReading<T>>({ value: undefined, problem: undefined, key: undefined });
  const latest = useRef(read);
  latest.current = read;
  const steady = useRef<SteadyReading | undefined>(undefined);
  useEffect(() => {
    const made = createSteadyReading({
      read: async (signal) => {
        const answer = await latest.current(api, signal);
        if (signal.aborted) return;
        reading.value = answer.ok
          ? { value: answer.value, problem: undefined, key }
          : { ...reading.peek(), problem: answer.problem };
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
  return { reading, again: () => steady.current?.again() };
}
