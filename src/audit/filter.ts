import type { Category, Severity } from "./categories.ts";
import type { Entry } from "./entry.ts";
import { fold, holdsText, textOfScalar } from "./fold.ts";
import type { Kind } from "./kinds_sql.ts";

/** Which entries are meant. Every surface takes this one object; what is left out does not narrow. */
export interface Filter {
  readonly categories?: readonly Category[];
  readonly severities?: readonly Severity[];
  readonly actions?: readonly string[];
  readonly actor?: string;
  readonly entityType?: string;
  readonly entityId?: string;
  /** Any of these; with `entityId` both must hold. */
  readonly entityIds?: readonly string[];
  /** The whole name, as it was then. */
  readonly entityName?: string;
  /** A key that the metadata must have; with `metadataValue` it is that key's. */
  readonly metadataKey?: string;
  /** The whole text of a value, of any key when none is named; null has no text. */
  readonly metadataValue?: string;
  /** Inclusive bounds of `ts`, ISO 8601 with milliseconds and `Z`. */
  readonly since?: string;
  readonly until?: string;
  /** Any part of the text, whatever its case. */
  readonly q?: string;
}

/** The part of a filter that a kind decides; undefined when it does not narrow. */
export function kindTest(filter: Filter): ((kind: Omit<Kind, "kind">) => boolean) | undefined {
  const { categories, severities, actions, actor, entityType } = filter;
  if (!categories && !severities && !actions && actor === undefined && entityType === undefined) return undefined;
  return (kind) =>
    (!categories || categories.includes(kind.category)) &&
    (!severities || severities.includes(kind.severity)) &&
    (!actions || actions.includes(kind.action)) &&
    (actor === undefined || kind.actor === actor) &&
    (entityType === undefined || kind.entity_type === entityType);
}

/** The entities that a filter allows; undefined when it allows all, and entries about none. */
export function entitiesOf({ entityId, entityIds }: Filter): readonly string[] | undefined {
  if (entityId === undefined) return entityIds;
  return entityIds === undefined || entityIds.includes(entityId) ? [entityId] : [];
}

/** The part of a filter that only an entry's text decides; undefined when it does not narrow. */
export function textTest(filter: Filter): ((entry: Entry) => boolean) | undefined {
  const { entityName, metadataKey, metadataValue } = filter;
  const folded = filter.q === undefined ? undefined : fold(filter.q);
  const asksMetadata = metadataKey !== undefined || metadataValue !== undefined;
  if (folded === undefined && entityName === undefined && !asksMetadata) return undefined;
  return (entry) =>
    (entityName === undefined || entry.entity_name === entityName) &&
    (!asksMetadata || hasMetadata(entry, metadataKey, metadataValue)) &&
    (folded === undefined || holdsText(entry, folded));
}

/** Folded texts that every matching entry holds: what the text index is asked. */
export function textsOf({ q, entityName, metadataValue }: Filter): readonly string[] {
  return [q, entityName, metadataValue].filter((text) => text !== undefined).map(fold);
}

/** The whole filter on one entry: what search, live subscription and tests compare with. */
export function entryTest(filter: Filter): (entry: Entry) => boolean {
  const byKind = kindTest(filter);
  const entities = entitiesOf(filter);
  const byText = textTest(filter);
  return (entry) =>
    (!byKind || byKind(entry)) &&
    (!entities || (entry.entity_id !== null && entities.includes(entry.entity_id))) &&
    (filter.since === undefined || entry.ts >= filter.since) &&
    (filter.until === undefined || entry.ts <= filter.until) &&
    (!byText || byText(entry));
}

const hasMetadata = ({ metadata }: Entry, key: string | undefined, value: string | undefined): boolean =>
  Object.entries(metadata).some(([name, scalar]) =>
    (key === undefined || name === key) && (value === undefined || textOfScalar(scalar) === value)
  );
