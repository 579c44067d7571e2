import type { Entry } from "./entry.ts";
import { searchableText } from "./fold.ts";
import type { Turn } from "./ports.ts";
import { readRowsAfter } from "./query_sql.ts";
import type { Recorder } from "./recorder_types.ts";
import { indexTexts, readTextState, type TextState } from "./text_sql.ts";

/** Fills the text index behind the writer, so that no recorded action waits for it. */
export interface TextIndex {
  /** Follows the log until the signal aborts. */
  start(signal: AbortSignal): void;
  /** Something was stored. */
  wake(): void;
  /** Indexes one batch; true when more is left. */
  step(): Promise<boolean>;
  /** The last error, until a batch succeeds. */
  lastError(): unknown;
}

export interface TextIndexSettings {
  /** Entries in one commit: what a write may have to wait for. */
  readonly batch: number;
  /** Milliseconds left to others between two batches. */
  readonly pauseMs: number;
  /** Milliseconds after the first new entry, so that a burst is indexed together. */
  readonly settleMs: number;
}

const DEFAULTS: TextIndexSettings = { batch: 128, pauseMs: 12, settleMs: 250 };
const RETRY_MS = 5000;
/**
 * Entries in a part of the index, which goes as a whole once all of them are gone: few enough that not much is kept of
 * what is gone, and enough that a search asks few parts.
 */
const PART = { least: 2048, most: 262_144, share: 8 };

export function createTextIndex(deps: {
  recorder: Pick<Recorder, "change">;
  turn: Turn;
  settings?: TextIndexSettings;
}): TextIndex {
  const { recorder, turn } = deps;
  const { batch, pauseMs, settleMs } = deps.settings ?? DEFAULTS;
  let signal: AbortSignal | undefined;
  let scheduled: (() => void) | undefined;
  let running = false;
  let lastError: unknown;

  const schedule = (ms: number) => {
    if (scheduled || running || !signal || signal.aborted) return;
    scheduled = turn.delay(() => {
      scheduled = undefined;
      void follow();
    }, ms);
  };

  /** One batch, then the next after a pause; an error is kept for the health report and tried again later. */
  const follow = async () => {
    running = true;
    let next: number | undefined;
    try {
      next = await step() ? pauseMs : undefined;
      lastError = undefined;
    } catch (error) {
      lastError = error;
      next = RETRY_MS;
    }
    running = false;
    if (next !== undefined) schedule(next);
    else if (woken) schedule(settleMs);
    woken = false;
  };
  let woken = false;

  const step = () =>
    recorder.change(async (tx) => {
      const state = await readTextState(tx);
      const rows = await readRowsAfter(tx, state.position, batch);
      const [first, last] = [rows[0], rows.at(-1)];
      if (!first || !last) return false;
      // Our own canonical text: parsed, not validated again.
      const texts = rows.map(({ seq, entry }) => ({ seq, folded: searchableText(JSON.parse(entry) as Entry) }));
      await indexTexts(tx, { low: partFor(state, first.seq), high: last.seq }, texts);
      return rows.length === batch;
    });

  return {
    start: (given) => {
      signal = given;
      given.addEventListener("abort", () => scheduled?.(), { once: true });
      schedule(settleMs);
    },
    wake: () => {
      if (running) woken = true;
      else schedule(settleMs);
    },
    step,
    lastError: () => lastError,
  };
}

/** Where the part begins that an entry belongs to: it is a new one when the last is full. */
function partFor({ newest, maxEntries }: TextState, seq: number): number {
  const size = Math.min(PART.most, Math.max(PART.least, (maxEntries ?? Infinity) / PART.share));
  return newest && seq - newest.low < size ? newest.low : seq;
}
