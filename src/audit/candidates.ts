import { fold } from "./fold.ts";
import type { Plan } from "./plan.ts";
import type { Reader } from "./ports.ts";
import { countLanes, type EntryRow, newestSeqsOfLanes, type Range, readNewestRows, readRowsOf } from "./query_sql.ts";
import { findCandidates, matchFor, readTextSeq } from "./text_sql.ts";

const CHUNK = 256;
/** Lanes with fewer rows than this are looked at row by row. */
const FEW = 2000;
/** How far one question to the text index reaches, so that none takes long whatever the text is. */
const WINDOW = 65_536;

/** Rows that may match, newest first; `reached` is the lowest seq of which nothing more can come. */
export interface Chunk {
  readonly rows: readonly EntryRow[];
  readonly reached: number;
}

/** Candidates for a filter that no index answers by itself: from few lanes, the text index, or the table. */
export async function* candidates(sql: Reader, plan: Plan, q: string | undefined, from: Range): AsyncGenerator<Chunk> {
  if (plan.lanes && await countLanes(sql, plan.lanes, from, FEW) < FEW) {
    return yield* fromSeqs(sql, await newestSeqsOfLanes(sql, plan.lanes, from, FEW), from.low);
  }
  const match = q === undefined ? undefined : matchFor(fold(q));
  if (match === undefined) return yield* fromTable(sql, from);
  const indexed = Math.min(await readTextSeq(sql), from.high);
  yield* fromTable(sql, { low: Math.max(indexed + 1, from.low), high: from.high });
  yield* fromTextIndex(sql, match, { low: from.low, high: indexed });
}

async function* fromSeqs(sql: Reader, seqs: readonly number[], low: number): AsyncGenerator<Chunk> {
  const ordered = [...seqs].sort((a, b) => b - a);
  for (let i = 0; i < ordered.length; i += CHUNK) {
    const chunk = ordered.slice(i, i + CHUNK);
    const last = i + CHUNK >= ordered.length;
    yield { rows: await readRowsOf(sql, chunk), reached: last ? low : chunk.at(-1)! };
  }
}

async function* fromTable(sql: Reader, range: Range): AsyncGenerator<Chunk> {
  for (let high = range.high; high >= range.low;) {
    const rows = await readNewestRows(sql, { low: range.low, high }, CHUNK);
    const reached = rows.length < CHUNK ? range.low : rows.at(-1)!.seq;
    yield { rows, reached };
    high = reached - 1;
  }
}

async function* fromTextIndex(sql: Reader, match: string, range: Range): AsyncGenerator<Chunk> {
  for (let high = range.high; high >= range.low;) {
    const low = Math.max(range.low, high - WINDOW + 1);
    const seqs = await findCandidates(sql, match, low, high, CHUNK);
    const reached = seqs.length < CHUNK ? low : seqs.at(-1)!;
    yield { rows: seqs.length === 0 ? [] : await readRowsOf(sql, seqs), reached };
    high = reached - 1;
  }
}
