import type { Reader } from "./ports.ts";

/** Part of the log; both ends inclusive. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** One page, newest first, as JSON list of canonical texts; its size, and its oldest seq (0 when it is empty). */
export interface PageText {
  readonly text: string;
  readonly rows: number;
  readonly oldest: number;
}

interface PageRow {
  readonly page: string | null;
  readonly n: number;
  readonly oldest: number | null;
}

const toPage = (row: PageRow | undefined): PageText => ({
  text: `[${row?.page ?? ""}]`,
  rows: row?.n ?? 0,
  oldest: row?.oldest ?? 0,
});

export async function readNewestPage(sql: Reader, range: Range, limit: number): Promise<PageText> {
  return toPage(
    await sql.get<PageRow>(
      `SELECT group_concat(entry, ',') AS page, count(*) AS n, min(seq) AS oldest FROM (
         SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?)`,
      [range.low, range.high, limit],
    ),
  );
}

export async function readPageOf(sql: Reader, seqs: readonly number[]): Promise<PageText> {
  if (seqs.length === 0) return toPage(undefined);
  return toPage(
    await sql.get<PageRow>(
      `SELECT group_concat(entry, ',') AS page, count(*) AS n, min(seq) AS oldest FROM (
         SELECT seq, entry FROM json_each(?) AS wanted CROSS JOIN activity_log ON activity_log.seq = wanted.value
         ORDER BY wanted.key)`,
      [JSON.stringify(seqs)],
    ),
  );
}

export interface EntryRow {
  readonly seq: number;
  readonly entry: string;
}

/** The rows at these seqs, in their order. */
export async function readRowsOf(sql: Reader, seqs: readonly number[]): Promise<readonly EntryRow[]> {
  return await sql.all<EntryRow>(
    `SELECT seq, entry FROM json_each(?) AS wanted CROSS JOIN activity_log ON activity_log.seq = wanted.value
     ORDER BY wanted.key`,
    [JSON.stringify(seqs)],
  );
}

/** The newest rows of the range, newest first. */
export async function readNewestRows(sql: Reader, range: Range, limit: number): Promise<readonly EntryRow[]> {
  return await sql.all<EntryRow>(
    "SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?",
    [range.low, range.high, limit],
  );
}

/** Rows after a seq, oldest first. */
export async function readRowsAfter(sql: Reader, after: number, limit: number): Promise<readonly EntryRow[]> {
  return await sql.all<EntryRow>(
    "SELECT seq, entry FROM activity_log WHERE seq > ? ORDER BY seq LIMIT ?",
    [after, limit],
  );
}
