import { appendEntries } from "./append.ts";
import { createDraft, type Draft } from "./entry.ts";
import { createEntryIds } from "./ids.ts";
import { createKinds } from "./kinds.ts";
import type { Entropy, Reader, Tx } from "./ports.ts";
import type { Recorder } from "./recorder_types.ts";
import { type Extent, isSameEntry, readExtent, takeOverLog } from "./restore_sql.ts";
import { readLogState } from "./state_sql.ts";

/** What became of the log when its database was restored from a backup. */
export interface RestoredLog {
  /** Whether the present log went on, or the backup's took its place. */
  readonly log: "kept" | "taken";
  /** The highest seq that the backup's log had used. */
  readonly fromSeq: number;
  /** Entries that are not in the backup and are in the log now. */
  readonly carried: number;
}

/**
 * Settles which log goes on: the newer one, never an older. `main` is the present database, `backup` the attached one.
 * - The present one, when it has what the backup has, or is another log that tells of things that people set up.
 * - The backup's, when the present one tells of nothing yet, or is behind: it was begun anew on an older copy of the disk.
 *   What only the present one has is carried over behind it, with new seq and ids.
 */
export async function restoreLog(
  tx: Tx,
  { inUse, newLogId }: { readonly inUse: boolean; readonly newLogId: () => string },
): Promise<RestoredLog> {
  const here = await readExtent(tx, "main");
  const there = await readExtent(tx, "backup");
  const fromSeq = there.head;
  const above = await takeAbove(tx, here, there, inUse);
  if (above === undefined) {
    const known = here.logId === there.logId ? there.head : 0;
    return { log: "kept", fromSeq, carried: Math.max(0, here.high - Math.max(known, here.low - 1)) };
  }
  const carried = here.high - above;
  // Whoever followed the present log to a seq that now is another entry's has to start over.
  const moved = here.logId === there.logId && carried > 0;
  await takeOverLog(tx, { above, shift: there.head - above, logId: moved ? newLogId() : there.logId });
  return { log: "taken", fromSeq, carried };
}

/** Above which seq the present entries are to be carried over into the backup's log; undefined when the present log stays. */
async function takeAbove(sql: Reader, here: Extent, there: Extent, inUse: boolean): Promise<number | undefined> {
  const same = here.logId === there.logId;
  if (same) {
    if (there.head <= here.head && await isSameEntry(sql, there.high) !== false) return undefined;
  } else if (inUse || there.high < there.low) return undefined;
  const above = same ? await lastCommon(sql, here, there) : here.low - 1;
  // A seq is never used twice: where what is carried over does not reach as far as this log has been, it stays.
  return there.head >= above && there.head + here.high - above >= here.head ? above : undefined;
}

/** The last entry that both logs have; they are the same up to there. Below the first when there is none. */
async function lastCommon(sql: Reader, here: Extent, there: Extent): Promise<number> {
  let [low, high] = [Math.max(here.low, there.low), Math.min(here.high, there.high)];
  let found = here.low - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (await isSameEntry(sql, middle)) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** Appends what is recorded to the log of `main`, in a transaction that the caller commits; the log must be used by nobody else. */
export async function appendRecorded(
  tx: Tx,
  { actor, now, entropy }: { readonly actor: string; readonly now: number; readonly entropy: Entropy },
  record: (recorder: Pick<Recorder, "record">) => void,
): Promise<void> {
  const drafts: Draft[] = [];
  record({
    record: (category, action, fields = {}) => void drafts.push(createDraft(now, actor, category, action, fields)),
  });
  const kinds = createKinds(tx);
  await kinds.refresh();
  await appendEntries(tx, await readLogState(tx), drafts, { kinds, entryId: createEntryIds(entropy) });
}
