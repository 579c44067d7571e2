import { countLanes, newestOfLanes, type Readers } from "./lanes.ts";
import type { Plan } from "./plan.ts";
import type { Reader } from "./ports.ts";
import { type EntryRow, type Range, readNewestRows, readRowsOf } from "./query_sql.ts";
import { matchFor } from "./text_match.ts";
import { findCandidates, readTextParts, readTextSeq, type TextPart } from "./text_sql.ts";

const CHUNK = 256;
/** Lanes with fewer rows than this are looked at row by row. */
const FEW = 2000;
/** A part of the text index begins anew at each question, so each asks for more than the one before. */
const FIRST_ANSWER = 256;
const LARGEST_ANSWER = 16_384;

/** Rows that may match, newest first; `reached` is the lowest seq of which nothing more can come. */
export interface Chunk {
  readonly rows: readonly EntryRow[];
  readonly reached: number;
}

/** Candidates for a filter that no index answers by itself: from few lanes, the text index, or the table. */
export async function* candidates(
  readers: Readers,
  plan: Plan,
  texts: readonly string[],
  from: Range,
): AsyncGenerator<Chunk> {
  const { sql, background } = readers;
  const { lanes } = plan;
  if (lanes && await countLanes(readers, lanes, from, FEW) < FEW) {
    return yield* fromSeqs(sql, await newestOfLanes(readers, lanes, from, FEW), from.low);
  }
  const match = matchFor(texts);
  if (match === undefined) return yield* fromTable(sql, from);
  const known = Math.min(await readTextSeq(sql), from.high);
  yield* fromTable(sql, { low: Math.max(known + 1, from.low), high: from.high });
  yield* fromTextIndex(sql, background, match, { low: from.low, high: known });
}

async function* fromSeqs(sql: Reader, ordered: readonly number[], low: number): AsyncGenerator<Chunk> {
  if (ordered.length === 0) return yield { rows: [], reached: low };
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

/** Part by part. One that is dropped meanwhile has nothing any more that could be found. */
async function* fromTextIndex(sql: Reader, background: Reader, match: string, range: Range): AsyncGenerator<Chunk> {
  let limit = FIRST_ANSWER;
  for (const part of await readTextParts(sql, range)) {
    const low = Math.max(part.low, range.low);
    for (let high = Math.min(part.high, range.high); high >= low;) {
      const seqs = await candidatesIn(sql, background, part, match, { low, high }, limit);
      const reached = seqs.length < limit ? low : seqs.at(-1)!;
      yield* fromSeqs(sql, seqs, reached);
      high = reached - 1;
      limit = Math.min(limit * 8, LARGEST_ANSWER);
    }
  }
  yield { rows: [], reached: range.low };
}

async function candidatesIn(
  sql: Reader,
  background: Reader,
  part: TextPart,
  match: string,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  try {
    return await findCandidates(background, part, match, range, limit);
  } catch (error) {
    const listed = await readTextParts(sql, part);
    if (listed.some(({ low }) => low === part.low)) throw error;
    return [];
  }
}
