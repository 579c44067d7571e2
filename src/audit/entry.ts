import type { Category, Severity } from "./categories.ts";
import { cleanText, NAME_LIMIT, TEXT_LIMIT } from "./clean.ts";
import type { EntryFields, Metadata, Scalar } from "./recorder_types.ts";

/** One entry of the log, in the order of its canonical text. */
export interface Entry {
  /** `al_` and 26 characters; ascends with the entry's `seq`. */
  readonly id: string;
  /** UTC, ISO 8601 with milliseconds and `Z`. */
  readonly ts: string;
  readonly category: Category;
  readonly action: string;
  readonly severity: Severity;
  readonly actor: string;
  readonly entity_type: string | null;
  readonly entity_id: string | null;
  readonly entity_name: string | null;
  readonly message: string;
  readonly metadata: Readonly<Record<string, Scalar>>;
}

/** An entry that has no place in the log yet. */
export type Draft = Omit<Entry, "id">;

/** An entry as it is stored, with its place. */
export interface StoredEntry {
  readonly seq: number;
  /** The canonical JSON text. */
  readonly text: string;
}

/** Cleans what a caller said and fills in the rest. */
export function createDraft(
  when: number,
  actor: string,
  category: Category,
  action: string,
  fields: EntryFields,
): Draft {
  return {
    ts: new Date(when).toISOString(),
    category,
    action: cleanText(action, NAME_LIMIT),
    severity: fields.severity ?? "info",
    actor: cleanText(fields.actor ?? actor, NAME_LIMIT),
    entity_type: cleanOrNull(fields.entityType),
    entity_id: cleanOrNull(fields.entityId),
    entity_name: cleanOrNull(fields.entityName),
    message: cleanText(fields.message ?? action, TEXT_LIMIT),
    metadata: cleanMetadata(fields.metadata),
  };
}

/** The one text of an entry: eleven fields in order, no white space. */
export function canonicalText(id: string, draft: Draft): string {
  return JSON.stringify({
    id,
    ts: draft.ts,
    category: draft.category,
    action: draft.action,
    severity: draft.severity,
    actor: draft.actor,
    entity_type: draft.entity_type,
    entity_id: draft.entity_id,
    entity_name: draft.entity_name,
    message: draft.message,
    metadata: draft.metadata,
  });
}

const cleanOrNull = (text: string | null | undefined) =>
  text === null || text === undefined ? null : cleanText(text, NAME_LIMIT);

const NO_METADATA: Readonly<Record<string, Scalar>> = Object.freeze({});

function cleanMetadata(
  metadata: Metadata | undefined,
): Readonly<Record<string, Scalar>> {
  if (!metadata) return NO_METADATA;
  const clean: Record<string, Scalar> = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (value !== undefined) {
      clean[cleanText(key, NAME_LIMIT)] = cleanScalar(value);
    }
  }
  return clean;
}

function cleanScalar(value: Scalar): Scalar {
  if (typeof value === "string") return cleanText(value, TEXT_LIMIT);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  // A caller that the compiler did not see may pass an object; an entry holds scalars only.
  return typeof value === "boolean" ? value : null;
}
