/** A clock and a turn that move only when a test says so, and a recorder that keeps what it is told. */
import type { Turn } from "../../src/audit/ports.ts";
import type { EntryFields, Recorder } from "../../src/audit/recorder_types.ts";

export function timeByHand(start = Date.UTC(2026, 0, 1)) {
  let now = start;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const delay: Turn["delay"] = (callback, ms) => {
    const timer = { at: now + ms, callback };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  return {
    clock: { now: () => now },
    turn: { delay },
    pending: () => timers.length,
    pass: (ms: number) => {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.callback();
    },
  };
}

export function recordByHand() {
  const entries: (EntryFields & { readonly action: string })[] = [];
  const record: Recorder["record"] = (_category, action, fields = {}) => void entries.push({ action, ...fields });
  return { recorder: { record }, entries };
}
