import type { Clock, Turn } from "../audit/ports.ts";
import type { Recorder } from "../audit/mod.ts";
import { markUsed } from "./store.ts";

const FLUSH_EVERY_MS = 60_000;

/** When each key was last used: known at once in memory, stored at most once a minute. */
export interface LastUse {
  touch(label: string): void;
  /** ISO 8601, or null when never. */
  at(label: string): string | null;
  /** Takes over what is stored; what is in memory is newer and stays. */
  seed(label: string, at: string | null): void;
  forget(label: string): void;
  /** Stores what is new. Rejects with the storage error, and then tries the same again next time. */
  flush(): Promise<void>;
  /** Flushes every minute until aborted. The last flush, at a stop, is the caller's. */
  start(signal: AbortSignal): void;
}

export interface LastUseDeps {
  readonly recorder: Pick<Recorder, "change">;
  readonly clock: Clock;
  readonly turn: Pick<Turn, "delay">;
}

export function createLastUse({ recorder, clock, turn }: LastUseDeps): LastUse {
  const times = new Map<string, string>();
  let unsaved = new Set<string>();

  async function flush(): Promise<void> {
    const labels = [...unsaved].sort();
    if (labels.length === 0) return;
    const marks = labels.flatMap((label) => times.has(label) ? [[label, times.get(label)!] as const] : []);
    unsaved = new Set();
    try {
      await recorder.change(async (tx) => {
        for (const [label, at] of marks) await markUsed(tx, label, at);
      });
    } catch (error) {
      for (const label of labels) if (times.has(label)) unsaved.add(label);
      throw error;
    }
  }

  function start(signal: AbortSignal): void {
    if (signal.aborted) return;
    const again = () => start(signal);
    const cancel = turn.delay(() => {
      signal.removeEventListener("abort", cancel);
      // A failed flush is tried again in a minute; that storage fails is the recorder's to report.
      void flush().then(again, again);
    }, FLUSH_EVERY_MS);
    signal.addEventListener("abort", cancel, { once: true });
  }

  return {
    touch: (label) => {
      times.set(label, new Date(clock.now()).toISOString());
      unsaved.add(label);
    },
    at: (label) => times.get(label) ?? null,
    seed: (label, at) => {
      if (at !== null && !unsaved.has(label)) times.set(label, at);
    },
    forget: (label) => {
      times.delete(label);
      unsaved.delete(label);
    },
    flush,
    start,
  };
}
