import Database from "libsql";
import { createEntryIds } from "../../src/audit/ids.ts";
import { canonicalText, type Draft } from "../../src/audit/entry.ts";
import type { EntryFields } from "../../src/audit/mod.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { createRandom } from "../support/random.ts";

/** Random bytes that are the same in each run. */
export function seededEntropy(seed: number): { bytes(length: number): Uint8Array } {
  const random = createRandom(seed);
  return { bytes: (length) => Uint8Array.from({ length }, () => random.int(256)) };
}

/** What a caller would have said to get this entry. */
export const fieldsOf = (draft: Draft): EntryFields => ({
  severity: draft.severity,
  actor: draft.actor,
  entityType: draft.entity_type,
  entityId: draft.entity_id,
  entityName: draft.entity_name,
  message: draft.message,
  metadata: draft.metadata,
});

/**
 * The table, indexes and trigger of the engine in a file of its own, written by nothing but the driver: one prepared
 * insert between BEGIN IMMEDIATE and COMMIT. Texts are made beforehand.
 */
export function openBareLog(path: string, drafts: readonly Draft[]) {
  const db = new Database(path);
  for (
    const pragma of [
      "auto_vacuum = INCREMENTAL",
      "journal_mode = WAL",
      "synchronous = FULL",
      "foreign_keys = ON",
      "cache_size = -16000",
    ]
  ) {
    db.exec(`PRAGMA ${pragma}`);
  }
  db.exec(`BEGIN; ${readMigrations(programRoot())[0]!.sql}; COMMIT`);
  const kinds = writeKinds(db, drafts);
  const entryId = createEntryIds(seededEntropy(2));
  const rows = drafts.map((draft, i) =>
    [i + 1, kinds.get(kindKey(draft))!, canonicalText(entryId(i + 1), draft), draft.entity_id] as const
  );
  const begin = db.prepare("BEGIN IMMEDIATE");
  const insert = db.prepare("INSERT INTO activity_log (seq, kind, entry, entity_id) VALUES (?, ?, ?, ?)");
  const commit = db.prepare("COMMIT");
  return {
    commitRow: (index: number) => {
      begin.run();
      insert.run(...rows[index]!);
      commit.run();
    },
    close: () => db.close(),
  };
}

const kindKey = (draft: Draft) =>
  [draft.category, draft.action, draft.severity, draft.actor, draft.entity_type ?? ""].join("\n");

function writeKinds(db: InstanceType<typeof Database>, drafts: readonly Draft[]): ReadonlyMap<string, number> {
  const insert = db.prepare(
    "INSERT INTO activity_kind (kind, category, action, severity, actor, entity_type) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const kinds = new Map<string, number>();
  db.exec("BEGIN");
  for (const draft of drafts) {
    const key = kindKey(draft);
    if (kinds.has(key)) continue;
    kinds.set(key, kinds.size + 1);
    insert.run(kinds.size, ...key.split("\n"));
  }
  db.exec("COMMIT");
  return kinds;
}
