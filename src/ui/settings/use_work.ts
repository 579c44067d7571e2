import { useSignal } from "@preact/signals";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";

export interface Work {
  /** What is being done, as the words after "Cannot"; undefined when nothing is. */
  readonly running: string | undefined;
  /** What could not be done the last time, and why. */
  readonly failed: { readonly what: string; readonly problem: Problem } | undefined;
  /** Does one thing at a time; `work` answers why it could not be done. */
  readonly run: (what: string, work: () => Promise<Problem | undefined>) => void;
}

/** Something that is done by a button, takes its time and may fail. */
export function useWork(): Work {
  const running = useSignal<string | undefined>(undefined);
  const failed = useSignal<Work["failed"]>(undefined);
  const run: Work["run"] = (what, work) => {
    if (running.peek() !== undefined) return;
    running.value = what;
    failed.value = undefined;
    const done = work().then((problem) => failed.value = problem && { what, problem });
    void done.finally(() => running.value = undefined).catch(report);
  };
  return { running: running.value, failed: failed.value, run };
}
