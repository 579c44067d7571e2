import type { Reader, Tx } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** A part of the text index has a table of its own, named by the lowest seq in it: space is given back by dropping it. */
export type TextPart = Range;

const tableOf = ({ low }: TextPart) => `activity_text_${Math.trunc(low)}`;

/** Entries up to this seq are in the text index. */
export async function readTextSeq(sql: Reader): Promise<number> {
  const row = await sql.get<{ text_seq: number }>("SELECT text_seq FROM activity_state WHERE id = 1");
  return row?.text_seq ?? 0;
}

/** How far the index is, its newest part, and how many entries the log may hold (null: any number). */
export interface TextState {
  readonly position: number;
  readonly newest: TextPart | undefined;
  readonly maxEntries: number | null;
}

export async function readTextState(sql: Reader): Promise<TextState> {
  const row = await sql.get<{ position: number; maxEntries: number | null; low: number | null; high: number | null }>(
    `SELECT text_seq AS position, max_entries AS maxEntries, low, high FROM activity_state
     LEFT JOIN activity_text_part ON low = (SELECT max(low) FROM activity_text_part) WHERE id = 1`,
  );
  if (!row) throw new Error("Cannot read the state of the activity log: its row is missing");
  const { position, maxEntries, low, high } = row;
  return { position, maxEntries, newest: low === null || high === null ? undefined : { low, high } };
}

/** The parts that reach into the range, those with the newest entries first. */
export async function readTextParts(sql: Reader, range: Range): Promise<readonly TextPart[]> {
  return await sql.all<TextPart>(
    "SELECT low, high FROM activity_text_part WHERE high >= ? AND low <= ? ORDER BY low DESC",
    [range.low, range.high],
  );
}

/** Adds folded texts to a part, which is made if it is not there, in the order of seq, and moves the position. */
export async function indexTexts(
  tx: Tx,
  part: TextPart,
  texts: readonly { readonly seq: number; readonly folded: string }[],
): Promise<void> {
  const table = tableOf(part);
  if (part.low === texts[0]?.seq) {
    await tx.run(
      `CREATE VIRTUAL TABLE ${table} USING fts5(
         folded, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1')`,
    );
  }
  for (const { seq, folded } of texts) {
    await tx.run(`INSERT INTO ${table} (rowid, folded) VALUES (?, ?)`, [seq, folded]);
  }
  await tx.run(
    "INSERT INTO activity_text_part (low, high) VALUES (?, ?) ON CONFLICT (low) DO UPDATE SET high = excluded.high",
    [part.low, part.high],
  );
  await tx.run("UPDATE activity_state SET text_seq = ? WHERE id = 1", [part.high]);
}

/** Seqs of entries of a part that have all the trigrams, newest first: candidates, which the entry's text decides. */
export async function findCandidates(
  sql: Reader,
  part: TextPart,
  match: string,
  range: Range,
  limit: number,
): Promise<readonly number[]> {
  const table = tableOf(part);
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT rowid AS seq FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)`,
    [match, range.low, range.high, limit],
  );
  // The database wrote the list of integers itself.
  return JSON.parse(row?.seqs ?? "[]") as number[];
}

/** Parts whose entries are all gone and that nothing asks any more. */
export async function readUnusedParts(sql: Reader): Promise<readonly TextPart[]> {
  return await sql.all<TextPart>(
    `SELECT low, low AS high FROM (
       SELECT CAST(substr(name, length('activity_text_') + 1) AS INTEGER) AS low FROM sqlite_schema
       WHERE type = 'table' AND name GLOB 'activity_text_[0-9]*' AND sql LIKE 'CREATE VIRTUAL TABLE%')
     WHERE low NOT IN (SELECT low FROM activity_text_part) ORDER BY low`,
  );
}

export async function dropPart(tx: Tx, part: TextPart): Promise<void> {
  await tx.run(`DROP TABLE IF EXISTS ${tableOf(part)}`);
}
