import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { useUi } from "../ui.ts";

export interface Followed<T> {
  /** What was answered last. */
  readonly value: T | undefined;
  /** Why it could not be read the last time; not while the server is known to be away. */
  readonly problem: Problem | undefined;
  readonly again: () => void;
  /** What the server has just answered to a change. */
  readonly take: (value: T) => void;
}

/** Reads a path of the API: at once, after an absence, and whenever an action is done whose name begins so. */
export function useFollowed<T>(path: string, actions?: string): Followed<T> {
  const { api, live } = useUi();
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);
  const turn = useRef(0);
  const take = (taken: T) => {
    turn.current++;
    value.value = taken;
    problem.value = undefined;
  };
  const again = () => {
    const mine = ++turn.current;
    void api.get<T>(path).then((answer) => {
      if (mine !== turn.current) return;
      if (answer.ok) take(answer.value);
      else problem.value = answer.problem;
    }).catch(report);
  };
  useEffect(() => {
    again();
    return live.on((message) => {
      const isTold = message.type === "activity_logged" && actions !== undefined &&
        message.entry.action.startsWith(actions);
      const isBack = message.type === "auth_ok";
      // What failed while the server was away says nothing of now.
      if (isBack) problem.value = undefined;
      if (isTold || isBack) again();
    });
  }, [path]);
  const isAway = live.status.value.name === "reconnecting" || live.leaving.value !== undefined;
  return { value: value.value, problem: isAway ? undefined : problem.value, again, take };
}
