import type { Conditions } from "./clauses_sql.ts";
import type { Reader, Tx } from "./ports.ts";
import type { Range } from "./query_sql.ts";

/** Canonical texts in one piece, as bytes: the rows never become values of their own in this program. */
export interface Lines {
  /** Null when there is no row. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  /** No row below this seq exists any more, as of the same moment. */
  readonly oldest: number;
}

/** What stands before the lines, and between two of them. */
export interface Joint {
  readonly lead: string;
  readonly between: string;
}

const COLUMNS = `CAST(? || group_concat(entry, ?) AS BLOB) AS bytes, count(*) AS rows, min(seq) AS first,
  max(seq) AS last, (SELECT max(floor_seq + 1, coalesce((SELECT min(seq) FROM activity_log), 0))
    FROM activity_state WHERE id = 1) AS oldest`;

/** The oldest rows of a stretch of the table that meet the conditions. */
export async function readLines(
  sql: Reader,
  joint: Joint,
  range: Range,
  conditions: Conditions,
  limit: number,
): Promise<Lines> {
  const lines = await sql.get<Lines>(
    `SELECT ${COLUMNS} FROM (
       SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ?${conditions.sql} ORDER BY seq LIMIT ?)`,
    [joint.lead, joint.between, range.low, range.high, ...conditions.args, limit],
  );
  return lines!; // an aggregate always has its row
}

/** The rows at these seqs, which must ascend. */
export async function readLinesOf(sql: Reader, joint: Joint, seqs: readonly number[]): Promise<Lines> {
  const lines = await sql.get<Lines>(
    `SELECT ${COLUMNS} FROM (
       SELECT seq, entry FROM json_each(?) AS wanted CROSS JOIN activity_log ON activity_log.seq = wanted.value
       ORDER BY wanted.key)`,
    [joint.lead, joint.between, JSON.stringify(seqs)],
  );
  return lines!; // as above
}

/** What an export ended with. */
export interface ExportRow {
  readonly id: string;
  readonly complete: boolean;
  readonly rows: number;
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly bytes: number;
  readonly sha256: string | null;
}

const KEPT = 1000;

/** Adds an export and forgets those that a thousand newer ones follow. */
export async function insertExport(tx: Tx, row: ExportRow & { readonly format: string }, endedAt: string) {
  await tx.run(
    `INSERT INTO activity_export (id, ended_at, format, complete, rows, first_seq, last_seq, bytes, sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      endedAt,
      row.format,
      row.complete ? 1 : 0,
      row.rows,
      row.firstSeq,
      row.lastSeq,
      row.bytes,
      row.sha256,
    ],
  );
  await tx.run("DELETE FROM activity_export WHERE rowid <= (SELECT max(rowid) FROM activity_export) - ?", [KEPT]);
}

export async function findExport(sql: Reader, id: string): Promise<ExportRow | undefined> {
  const row = await sql.get<Omit<ExportRow, "complete"> & { readonly complete: number }>(
    `SELECT id, complete, rows, first_seq AS "firstSeq", last_seq AS "lastSeq", bytes, sha256
     FROM activity_export WHERE id = ?`,
    [id],
  );
  return row && { ...row, complete: row.complete === 1 };
}
