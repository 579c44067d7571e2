import { bindActions } from "../audit/mod.ts";
import type { Turn } from "../audit/ports.ts";
import type { Recorder } from "../audit/mod.ts";
import { authActions, type RejectionReason } from "./actions.ts";
import type { DailyBudget } from "./daily_budget.ts";
import type { Sender } from "./sender.ts";

const PER_WINDOW = 10;
const WINDOW_MS = 60_000;
const OVERFLOW_MS = 3_600_000;
const MOST_WINDOWS = 4096;

/** Puts rejected callers on record, without letting them flood it. The rejection itself is the caller's. */
export interface Rejections {
  /** `actor`: who it was, where that is known. */
  reject(sender: Pick<Sender, "client" | "group">, reason: RejectionReason, actor?: string): void;
  /** Ends all windows now and records what they suppressed. */
  flush(): void;
}

export interface RejectionsDeps {
  readonly recorder: Pick<Recorder, "record">;
  readonly turn: Pick<Turn, "delay">;
  readonly budget: DailyBudget;
}

/** A minute of one caller; it starts with the caller's first rejection. */
interface Window {
  count: number;
  readonly cancel: () => void;
}

export function createRejections({ recorder, turn, budget }: RejectionsDeps): Rejections {
  const log = bindActions(recorder, authActions);
  const overflow = createOverflow(turn, (suppressed) => summarise("many addresses", suppressed));
  // In the order of their starts, which is the order of insertion.
  const windows = new Map<string, Window>();

  const summarise = (client: string, suppressed: number) =>
    log.record("auth.rejected", { actor: "anonymous", metadata: { reason: "throttled", client, suppressed } });

  function open(group: string): Window {
    const [oldest] = windows.keys();
    if (oldest !== undefined && windows.size >= MOST_WINDOWS) close(oldest);
    const window = { count: 0, cancel: turn.delay(() => close(group), WINDOW_MS) };
    windows.set(group, window);
    return window;
  }

  function close(group: string): void {
    const window = windows.get(group);
    if (window === undefined) return;
    windows.delete(group);
    window.cancel();
    const suppressed = window.count - PER_WINDOW;
    if (suppressed <= 0) return;
    if (budget.take()) summarise(group, suppressed);
    else overflow.add(suppressed);
  }

  return {
    reject: ({ client, group }, reason, actor = "anonymous") => {
      const window = windows.get(group) ?? open(group);
      window.count += 1;
      if (window.count > PER_WINDOW) return;
      if (budget.take()) log.record("auth.rejected", { actor, metadata: { reason, client } });
      else overflow.add(1);
    },
    flush: () => {
      for (const group of [...windows.keys()]) close(group);
      overflow.flush();
    },
  };
}

/** Counts what the day has no room for, and says how many once an hour. */
function createOverflow(turn: Pick<Turn, "delay">, write: (suppressed: number) => void) {
  let suppressed = 0;
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel?.();
    cancel = undefined;
    if (suppressed > 0) write(suppressed);
    suppressed = 0;
  };
  const add = (count: number) => {
    suppressed += count;
    cancel ??= turn.delay(flush, OVERFLOW_MS);
  };
  return { add, flush };
}
