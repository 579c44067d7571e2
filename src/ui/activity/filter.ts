import type { Category, Entry, Filter as LogFilter, Severity } from "../../audit/mod.ts";
import { fold } from "../base/fold.ts";

/** Which entries are meant, as the page asks for them. */
export interface Filter extends Omit<LogFilter, "entityIds"> {
  /** The id of an entity: entries about it and about everything that refers to it. Only the server can tell which. */
  readonly relatedTo?: string;
}

/** What each kind is called. A kind that is missing does not compile. */
export const CATEGORY_LABELS: Readonly<Record<Category, string>> = {
  auth: "Auth",
  device: "Device",
  entity: "Entity",
  capture: "Capture",
  system: "System",
};

export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = { info: "Info", warning: "Warning", error: "Error" };

/** What each parameter is called where it narrows. */
export const PART_LABELS = {
  categories: "Category",
  severities: "Severity",
  actions: "Action",
  actor: "By",
  entity_type: "Entity type",
  entity_id: "Entity id",
  entity_name: "Entity name",
  related_to: "Related to",
  metadata_key: "Metadata",
  metadata_value: "Value",
  since: "From",
  until: "To",
  q: "Search",
} as const;

export const isCategory = (text: string): text is Category => Object.hasOwn(CATEGORY_LABELS, text);
export const isSeverity = (text: string): text is Severity => Object.hasOwn(SEVERITY_LABELS, text);

/** The labels' names in their order. */
export const categories = (): readonly Category[] => Object.keys(CATEGORY_LABELS).filter(isCategory);
export const severities = (): readonly Severity[] => Object.keys(SEVERITY_LABELS).filter(isSeverity);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const LONGEST_TEXT = 256;
/** Of a metadata value; one that is longer cannot be asked for. */
export const LONGEST_VALUE = 512;
const MOST_VALUES = 20;

/** The bound of `ts` that the text means, as on the server: a date alone is a day of UTC. */
function toBound(text: string, end: "T00:00:00.000Z" | "T23:59:59.999Z"): string | undefined {
  if (!DAY.test(text) && !INSTANT.test(text)) return undefined;
  const ms = Date.parse(DAY.test(text) ? text + end : text);
  if (Number.isNaN(ms) || !isDay(text.slice(0, 10))) return undefined;
  const bound = new Date(ms).toISOString();
  // An offset may lead out of the years 0000 to 9999.
  return bound.length === end.length + 10 ? bound : undefined;
}

/** The parser takes the 31st of a shorter month for a day of the next. */
const isDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
};

const textOf = (query: URLSearchParams, name: string, longest = LONGEST_TEXT): string | undefined =>
  query.get(name)?.slice(0, longest) || undefined;

function severalOf<Value extends string>(
  query: URLSearchParams,
  name: string,
  is: (text: string) => text is Value,
): readonly Value[] | undefined {
  const values = [...new Set(query.getAll(name).flatMap((text) => text.split(",")))].filter(is);
  return values.length === 0 ? undefined : values.slice(0, MOST_VALUES);
}

const isText = (text: string): text is string => text !== "" && text.length <= LONGEST_TEXT;

/** The filter of an address. What it does not understand does not narrow. */
export function readFilter(query: URLSearchParams): Filter {
  return compact({
    categories: severalOf(query, "categories", isCategory),
    severities: severalOf(query, "severities", isSeverity),
    actions: severalOf(query, "actions", isText),
    actor: textOf(query, "actor"),
    entityType: textOf(query, "entity_type"),
    entityId: textOf(query, "entity_id"),
    entityName: textOf(query, "entity_name"),
    relatedTo: textOf(query, "related_to"),
    metadataKey: textOf(query, "metadata_key"),
    metadataValue: textOf(query, "metadata_value", LONGEST_VALUE),
    since: toBound(query.get("since") ?? "", "T00:00:00.000Z"),
    until: toBound(query.get("until") ?? "", "T23:59:59.999Z"),
    q: textOf(query, "q"),
  });
}

type Loose = { readonly [Key in keyof Filter]: Filter[Key] | undefined };

/** The parts of a filter that shall be otherwise; undefined takes one off. */
export type FilterChange = Partial<Loose>;

/** The filter with these parts otherwise. */
export const changed = (filter: Filter, change: FilterChange): Filter => compact({ ...filter, ...change });

/** Without what does not narrow, so that equal filters have equal texts. */
export function compact(filter: Loose): Filter {
  const narrows = ([, value]: readonly [string, unknown]) =>
    value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  // Only keys were left out, and of those that stay none is undefined.
  return Object.fromEntries(Object.entries(filter).filter(narrows)) as Filter;
}

/** The filter as parameters: of an address here and of a request to the server alike. */
export const filterQuery = (filter: Filter): Readonly<
  Record<keyof typeof PART_LABELS, string | readonly string[] | undefined>
> => ({
  categories: filter.categories,
  severities: filter.severities,
  actions: filter.actions,
  actor: filter.actor,
  entity_type: filter.entityType,
  entity_id: filter.entityId,
  entity_name: filter.entityName,
  related_to: filter.relatedTo,
  metadata_key: filter.metadataKey,
  metadata_value: filter.metadataValue,
  since: filter.since,
  until: filter.until,
  q: filter.q,
});

/** Equal for filters that mean the same entries. */
export const filterKey = (filter: Filter): string => JSON.stringify(filterQuery(filter));

export const isEmpty = (filter: Filter): boolean => filterKey(filter) === "{}";

/** Whether an entry belongs to the list, judged as the server does; by all but what only the server can tell. */
export function matcher(filter: Filter): (entry: Entry) => boolean {
  const text = filter.q === undefined ? undefined : fold(filter.q);
  return (entry) =>
    (filter.categories?.includes(entry.category) ?? true) &&
    (filter.severities?.includes(entry.severity) ?? true) &&
    (filter.actions?.includes(entry.action) ?? true) &&
    (filter.actor === undefined || entry.actor === filter.actor) &&
    (filter.entityType === undefined || entry.entity_type === filter.entityType) &&
    (filter.entityId === undefined || entry.entity_id === filter.entityId) &&
    (filter.entityName === undefined || entry.entity_name === filter.entityName) &&
    (filter.since === undefined || entry.ts >= filter.since) &&
    (filter.until === undefined || entry.ts <= filter.until) &&
    hasMetadata(entry, filter) &&
    (text === undefined || (!text.includes("\n") && searchable(entry).includes(text)));
}

type Scalar = Entry["metadata"][string];
/** A metadata value as text; null has none. */
export const scalarText = (value: Scalar): string => value === null ? "" : String(value);

const hasMetadata = ({ metadata }: Entry, { metadataKey: key, metadataValue: wanted }: Filter): boolean =>
  (key === undefined && wanted === undefined) ||
  Object.entries(metadata).some(([name, value]) =>
    (key === undefined || name === key) && (wanted === undefined || scalarText(value) === wanted)
  );

/** What a text search looks at, folded, one value a line. */
function searchable({ message, entity_name, actor, action, metadata }: Entry): string {
  const values = Object.values(metadata).map(scalarText);
  return fold([message, entity_name ?? "", actor, action, ...values].join("\n"));
}
