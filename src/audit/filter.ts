import type { Category, Severity } from "./categories.ts";
import type { Entry } from "./entry.ts";
import { fold, holdsText } from "./fold.ts";
import type { Kind } from "./kinds_sql.ts";

/** Which entries are meant. Every surface takes this one object; what is left out does not narrow. */
export interface Filter {
  readonly categories?: readonly Category[];
  readonly severities?: readonly Severity[];
  readonly actor?: string;
  readonly entityType?: string;
  readonly entityId?: string;
  /** Inclusive bounds of `ts`, ISO 8601 with milliseconds and `Z`. */
  readonly since?: string;
  readonly until?: string;
  /** Any part of the text, whatever its case. */
  readonly q?: string;
}

/** The part of a filter that a kind decides; undefined when it does not narrow. */
export function kindTest(filter: Filter): ((kind: Omit<Kind, "kind">) => boolean) | undefined {
  const { categories, severities, actor, entityType } = filter;
  if (!categories && !severities && actor === undefined && entityType === undefined) return undefined;
  return (kind) =>
    (!categories || categories.includes(kind.category)) &&
    (!severities || severities.includes(kind.severity)) &&
    (actor === undefined || kind.actor === actor) &&
    (entityType === undefined || kind.entity_type === entityType);
}

/** The whole filter on one entry: what search, live subscription and tests compare with. */
export function entryTest(filter: Filter): (entry: Entry) => boolean {
  const byKind = kindTest(filter);
  const folded = filter.q === undefined ? undefined : fold(filter.q);
  return (entry) =>
    (!byKind || byKind(entry)) &&
    (filter.entityId === undefined || entry.entity_id === filter.entityId) &&
    (filter.since === undefined || entry.ts >= filter.since) &&
    (filter.until === undefined || entry.ts <= filter.until) &&
    (folded === undefined || holdsText(entry, folded));
}
