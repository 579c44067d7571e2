import type { Reader } from "./ports.ts";

/** Part of the log; both ends inclusive. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The whole log; `high` below `low` when it is empty. Its rows are one contiguous run of seq. */
export async function readExtent(sql: Reader): Promise<Range> {
  const row = await sql.get<{ low: number | null; high: number | null }>(
    "SELECT (SELECT min(seq) FROM activity_log) AS low, (SELECT max(seq) FROM activity_log) AS high",
  );
  return { low: row?.low ?? 1, high: row?.high ?? 0 };
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

/** Kinds, of one entity or of all: each is one run of an index, in the order of seq. */
export interface Lanes {
  readonly kinds: readonly number[];
  readonly entityId: string | undefined;
}

const ofEntity = ({ entityId }: Lanes) => entityId === undefined ? "" : "entity_id = ? AND ";
const entityArgs = ({ entityId }: Lanes) => entityId === undefined ? [] : [entityId];

/** The lanes that have a row in the range, those with the newest one first. */
export async function kindsByHead(sql: Reader, lanes: Lanes, range: Range): Promise<readonly number[]> {
  const rows = await sql.all<{ kind: number }>(
    `SELECT kind FROM (
       SELECT value AS kind,
         (SELECT max(seq) FROM activity_log WHERE ${ofEntity(lanes)}kind = value AND seq BETWEEN ? AND ?) AS head
       FROM json_each(?)
     ) WHERE head IS NOT NULL ORDER BY head DESC`,
    [...entityArgs(lanes), range.low, range.high, JSON.stringify(lanes.kinds)],
  );
  return rows.map((row) => row.kind);
}

/** The newest seqs of each lane, at most `limit` a lane; in no order between lanes. */
export async function newestSeqsOfLanes(
  sql: Reader,
  lanes: Lanes,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const rows = await sql.all<{ seqs: string }>(
    `SELECT (SELECT json_group_array(seq) FROM (
       SELECT seq FROM activity_log WHERE ${ofEntity(lanes)}kind = value AND seq BETWEEN ? AND ?
       ORDER BY seq DESC LIMIT ?)) AS seqs
     FROM json_each(?)`,
    [...entityArgs(lanes), range.low, range.high, limit, JSON.stringify(lanes.kinds)],
  );
  // The database wrote the list of integers itself.
  return rows.flatMap((row) => JSON.parse(row.seqs) as number[]);
}

/** How many rows the lanes have in the range, counted no further than the limit. */
export async function countLanes(sql: Reader, lanes: Lanes, range: Range, limit: number): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM json_each(?) AS wanted CROSS JOIN activity_log
       WHERE ${ofEntity(lanes)}activity_log.kind = wanted.value AND seq BETWEEN ? AND ? LIMIT ?)`,
    [JSON.stringify(lanes.kinds), ...entityArgs(lanes), range.low, range.high, limit],
  );
  return row?.n ?? 0;
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
