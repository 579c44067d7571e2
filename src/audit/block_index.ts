import { BLOCK, indexBlock } from "./block_sql.ts";
import type { Recorder } from "./recorder_types.ts";
import { readPlace } from "./state_sql.ts";

/**
 * Fills the indexes behind the writer, a full block at a time. Between two blocks the newest rows, a few more than
 * two thousand at most, are looked at one by one; so an index only ever speeds up, and nothing waits for it.
 */
export interface BlockIndex {
  /** Entries up to this seq are stored. */
  wake(seq: number): void;
  /** Indexes every full block; rejects with the storage error. */
  catchUp(): Promise<void>;
  /** The last error, until a block succeeds. */
  lastError(): unknown;
}

export function createBlockIndex(deps: { recorder: Pick<Recorder, "change"> }): BlockIndex {
  let indexed: number | undefined;
  let running: Promise<void> | undefined;
  let lastError: unknown;

  /** One block; false when none is full. */
  const step = () =>
    deps.recorder.change(async (tx) => {
      const place = await readPlace(tx);
      const from = place.indexed + 1;
      const to = Math.floor(from / BLOCK) * BLOCK + BLOCK - 1;
      if (place.high < to) return { indexed: place.indexed, more: false };
      await indexBlock(tx, from, to);
      return { indexed: to, more: place.high >= to + BLOCK };
    });

  const run = async () => {
    for (let more = true; more;) ({ indexed, more } = await step());
    lastError = undefined;
  };

  const catchUp = () => running ??= run().finally(() => running = undefined);

  return {
    wake: (seq) => {
      if (running || (indexed !== undefined && seq < indexed + BLOCK)) return;
      // Tried again at the next entry; until then more rows are looked at one by one.
      catchUp().catch((error: unknown) => lastError = error);
    },
    catchUp,
    lastError: () => lastError,
  };
}
