import type { Reader, Tx } from "./ports.ts";

/** Entries up to this seq are in the text index. */
export async function readTextSeq(sql: Reader): Promise<number> {
  const row = await sql.get<{ text_seq: number }>("SELECT text_seq FROM activity_state WHERE id = 1");
  return row?.text_seq ?? 0;
}

/** Adds folded texts to the index in the order of seq, and moves its position. */
export async function indexTexts(
  tx: Tx,
  texts: readonly { readonly seq: number; readonly folded: string }[],
  upTo: number,
): Promise<void> {
  for (const { seq, folded } of texts) {
    await tx.run("INSERT INTO activity_text (rowid, folded) VALUES (?, ?)", [seq, folded]);
  }
  await tx.run("UPDATE activity_state SET text_seq = ? WHERE id = 1", [upTo]);
}

/** Seqs of entries that have all the trigrams, newest first: candidates, which the entry's text decides. */
export async function findCandidates(
  sql: Reader,
  match: string,
  low: number,
  high: number,
  limit: number,
): Promise<readonly number[]> {
  const row = await sql.get<{ seqs: string }>(
    `SELECT json_group_array(seq) AS seqs FROM (
       SELECT rowid AS seq FROM activity_text WHERE activity_text MATCH ? AND rowid BETWEEN ? AND ?
       ORDER BY rowid DESC LIMIT ?)`,
    [match, low, high, limit],
  );
  // The database wrote the list of integers itself.
  return JSON.parse(row?.seqs ?? "[]") as number[];
}

const TRIGRAMS_USED = 12;

/** The index's question for folded texts that must all be there; undefined when all are too short for one. */
export function matchFor(texts: readonly string[]): string | undefined {
  const trigrams = new Set(texts.flatMap(trigramsOf));
  if (trigrams.size === 0) return undefined;
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(" AND ");
}

function trigramsOf(folded: string): readonly string[] {
  const characters = [...folded];
  if (characters.length < 3) return [];
  const last = characters.length - 3;
  const count = Math.min(TRIGRAMS_USED, last + 1);
  return Array.from({ length: count }, (_, i) => {
    const start = count === 1 ? 0 : Math.round(i * last / (count - 1));
    return characters.slice(start, start + 3).join("");
  });
}
