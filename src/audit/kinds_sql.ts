import type { Category, Severity } from "./categories.ts";
import type { Draft } from "./entry.ts";
import type { Reader, SqlValue, Tx } from "./ports.ts";

/** One combination of the fields that have few values; each row of the log points to one. */
export interface Kind {
  readonly kind: number;
  readonly category: Category;
  readonly action: string;
  readonly severity: Severity;
  readonly actor: string;
  readonly entity_type: string | null;
}

export async function readKinds(
  sql: Reader,
  after: number,
): Promise<readonly Kind[]> {
  return await sql.all<Kind>(
    `SELECT kind, category, action, severity, actor, nullif(entity_type, '') AS entity_type
     FROM activity_kind WHERE kind > ? ORDER BY kind`,
    [after],
  );
}

export function insertEntry(tx: Tx, seq: number, kind: number, draft: Draft, text: string): Promise<void> {
  return tx.run(
    "INSERT INTO activity_log (seq, kind, entry, entity_id) VALUES (?, ?, ?, ?)",
    [seq, kind, text, draft.entity_id],
  );
}

/** For a combination that is not known as committed: adds it if it is new, without needing its number. */
export async function insertEntryOfNewKind(
  tx: Tx,
  seq: number,
  draft: Draft,
  text: string,
): Promise<void> {
  const key: readonly SqlValue[] = [
    draft.category,
    draft.action,
    draft.severity,
    draft.actor,
    draft.entity_type ?? "",
  ];
  await tx.run(
    "INSERT OR IGNORE INTO activity_kind (category, action, severity, actor, entity_type) VALUES (?, ?, ?, ?, ?)",
    key,
  );
  await tx.run(
    `INSERT INTO activity_log (seq, kind, entry, entity_id) SELECT ?, kind, ?, ? FROM activity_kind
     WHERE category = ? AND action = ? AND severity = ? AND actor = ? AND entity_type = ?`,
    [seq, text, draft.entity_id, ...key],
  );
}
