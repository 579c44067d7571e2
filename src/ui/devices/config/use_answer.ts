import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Problem } from "../../base/problem.ts";
import { report } from "../../base/report.ts";
import { browserTimer } from "../../base/timer.ts";
import { createRefresh } from "../../entities/refresh.ts";
import { useUi } from "../../ui.ts";

export interface UsedAnswer<T> {
  /** What was answered last; of another path while this one is read. */
  readonly value: T | undefined;
  /** Whether it is of this path. */
  readonly fresh: boolean;
  /** Why this path could not be read the last time. */
  readonly problem: Problem | undefined;
  readonly again: () => void;
}

interface Read<T> {
  readonly path: string | undefined;
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
}

/** Reads a path of the API for as long as it is looked at; nothing while it is undefined. */
export function useAnswer<T>(path: string | undefined): UsedAnswer<T> {
  const { api } = useUi();
  const read = useSignal<Read<T>>({ path: undefined, value: undefined, problem: undefined });
  const wanted = useRef({ path, given: new AbortController() });
  const refresh = useMemo(() =>
    createRefresh(async () => {
      const { path, given } = wanted.current;
      if (path === undefined || given.signal.aborted) return;
      const answer = await api.get<T>(path, { signal: given.signal });
      if (given.signal.aborted) return;
      read.value = answer.ok
        ? { path, value: answer.value, problem: undefined }
        : { ...read.peek(), problem: answer.problem };
    }, browserTimer()), [api]);
  const again = () => void refresh().catch(report);
  useEffect(() => {
    const given = new AbortController();
    wanted.current = { path, given };
    if (read.peek().problem !== undefined) read.value = { ...read.peek(), problem: undefined };
    again();
    return () => given.abort();
  }, [path]);
  const { value, problem } = read.value;
  return { value, problem, fresh: value !== undefined && read.value.path === path, again };
}
