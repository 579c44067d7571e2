import { pause } from "./pause.ts";
import type { Sql, Turn } from "./ports.ts";
import { checkpointBeside, readFreePages, truncateLog, vacuumPages } from "./reclaim_sql.ts";
import type { Recorder } from "./recorder_types.ts";
import { dropPart, readUnusedParts } from "./text_sql.ts";

/** Pages that stay free for the next entries, so that the file does not shrink and grow every hour. */
const KEPT_PAGES = 128;
const STEPS_PER_CHECKPOINT = 4;
/** Milliseconds left to others between two steps. */
export const STEP_PAUSE_MS = 12;

/**
 * What is left to do once rows are gone, in small steps: drops the parts of the text index that only they were in, and
 * gives the space back to the system. The latter in a file of this process alone: a database elsewhere is its server's to look after.
 */
export interface Reclaimer {
  /** After so many steps that write, has the write-ahead log emptied beside the writers: a commit is not to do that. */
  stepped(): Promise<void>;
  reclaim(signal: AbortSignal): Promise<void>;
}

export function createReclaimer(deps: { sql: Sql; recorder: Recorder; turn: Turn }): Reclaimer {
  const { sql, recorder, turn } = deps;
  let steps = 0;

  const stepped = async () => {
    if (sql.exclusive && ++steps % STEPS_PER_CHECKPOINT === 0) await checkpointBeside(sql.background);
  };

  const repeat = async (step: () => Promise<boolean>, signal: AbortSignal) => {
    while (!signal.aborted && await step()) {
      await stepped();
      await pause(turn, STEP_PAUSE_MS, signal);
    }
  };

  const dropTexts = async (signal: AbortSignal) => {
    const unused = [...await readUnusedParts(sql)];
    await repeat(async () => {
      const part = unused.shift();
      if (part) await recorder.change((tx) => dropPart(tx, part));
      return part !== undefined;
    }, signal);
  };

  const vacuum = async (signal: AbortSignal) => {
    if (await readFreePages(sql) <= KEPT_PAGES) return;
    await repeat(async () => {
      await recorder.change((tx) => vacuumPages(tx));
      return await readFreePages(sql) > KEPT_PAGES;
    }, signal);
    if (signal.aborted) return;
    await checkpointBeside(sql.background);
    await truncateLog(sql.background);
  };

  const reclaim = async (signal: AbortSignal) => {
    await dropTexts(signal);
    if (sql.exclusive && !signal.aborted) await vacuum(signal);
  };
  return { stepped, reclaim };
}
