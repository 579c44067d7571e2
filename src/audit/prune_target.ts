import { BLOCK } from "./block_sql.ts";
import type { Reader } from "./ports.ts";
import { firstRowWithin, lastRowBefore, nextBlockBefore, nextBlockWithin, type Span } from "./prune_sql.ts";
import { DAY_MS } from "./spans.ts";
import type { LogPlace } from "./state_sql.ts";

/** The highest seq that is one too many, so that there is room for the entry that tells of it; 0 when none is. */
export const upToByCount = ({ low, high }: LogPlace, maxEntries: number | null): number =>
  maxEntries !== null && high - low + 1 > maxEntries ? high - maxEntries + 1 : 0;

/**
 * The highest seq that is too old; 0 when none is. What is removed is always the beginning of the log, so the first
 * entry that is young enough keeps all that follow. An entry from the future cannot be judged and keeps none.
 */
export async function upToByAge(sql: Reader, place: LogPlace, maxDays: number, now: number): Promise<number> {
  const span = { since: isoOf(now - maxDays * DAY_MS), until: isoOf(now + DAY_MS) };
  const kept = await firstWithin(sql, place, span);
  return kept === undefined ? await lastBefore(sql, place, span.since) : kept - 1;
}

const isoOf = (ms: number) => new Date(ms).toISOString();

/** By the blocks that the span overlaps, then in the newest rows, which are in none. */
async function firstWithin(sql: Reader, { low, high, indexed }: LogPlace, span: Span): Promise<number | undefined> {
  for (let from = Math.floor(low / BLOCK);;) {
    const block = await nextBlockWithin(sql, from, span);
    if (block === undefined) break;
    const seq = await firstRowWithin(sql, Math.max(low, block * BLOCK), block * BLOCK + BLOCK - 1, span);
    if (seq !== undefined) return seq;
    from = block + 1;
  }
  return await firstRowWithin(sql, Math.max(low, indexed + 1), high, span);
}

async function lastBefore(sql: Reader, { low, high, indexed }: LogPlace, before: string): Promise<number> {
  const newest = await lastRowBefore(sql, Math.max(low, indexed + 1), high, before);
  if (newest !== undefined) return newest;
  for (let from = Math.floor(high / BLOCK);;) {
    const block = await nextBlockBefore(sql, from, before);
    if (block === undefined) return 0;
    const seq = await lastRowBefore(sql, Math.max(low, block * BLOCK), block * BLOCK + BLOCK - 1, before);
    if (seq !== undefined) return seq;
    from = block - 1;
  }
}
