import { z } from "zod";
import { CATEGORIES, type Filter, SEVERITIES } from "../audit/mod.ts";
import { wholeNumber } from "../http/whole_number.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A date or an instant as the timestamp that bounds it; undefined when it is neither. */
function toBound(text: string, end: "first" | "last"): string | undefined {
  if (!DAY.test(text) && !INSTANT.test(text)) return undefined;
  const instant = DAY.test(text) ? `${text}T${end === "first" ? "00:00:00.000" : "23:59:59.999"}Z` : text;
  const ms = Date.parse(instant);
  if (Number.isNaN(ms) || !isDay(text.slice(0, 10))) return undefined;
  const bound = new Date(ms).toISOString();
  return bound.length === 24 ? bound : undefined;
}

/** The parser takes the 31st of a shorter month for a day of the next. */
function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

const time = (end: "first" | "last") =>
  z.string().transform((text, context) => {
    const bound = toBound(text, end);
    if (bound !== undefined) return bound;
    context.addIssue({ code: "custom", message: "must be a date or a date and time with zone, ISO 8601" });
    return z.NEVER;
  });

/** Several values: the parameter repeated, or separated by commas. */
const several = <Values extends z.ZodArray>(values: Values) =>
  z.preprocess(
    (given) =>
      (Array.isArray(given) ? given : [given]).flatMap((text) => typeof text === "string" ? text.split(",") : [text]),
    values,
  ).optional();

const severalOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  several(z.array(z.enum(values)).min(1).max(20));

const text = (most: number) =>
  z.string().min(1).max(most).refine((value) => value.isWellFormed(), "must not contain a lone surrogate");

/** The filter of every surface of the log. */
const FILTER_FIELDS = z.strictObject({
  categories: severalOf(CATEGORIES).describe("Any of these; repeat or separate by commas"),
  severities: severalOf(SEVERITIES).describe("Any of these; repeat or separate by commas"),
  actions: several(z.array(text(256)).min(1).max(100)).describe("Any of these; repeat or separate by commas"),
  actor: text(256).optional().describe("Label of an API key, `anonymous` or `system`"),
  entity_type: text(256).optional(),
  entity_id: text(256).optional(),
  entity_name: text(256).optional().describe("The whole name, as it was when the entry was written"),
  metadata_key: text(256).optional().describe("A key that the metadata must have"),
  metadata_value: text(512).optional().describe("The whole text of a metadata value; with `metadata_key` that key's"),
  tag: text(256).optional().describe("Entries about the entities that carry this tag now"),
  related_to: text(256).optional()
    .describe("Entries about the entity with this id and about all that refers to it now, directly or through others"),
  since: time("first").optional().describe("ISO 8601, inclusive; a date alone is UTC"),
  until: time("last").optional().describe("ISO 8601, inclusive; a date alone is UTC and includes that day"),
  q: text(256).optional().describe("Any part of message, entity name, actor, action or metadata values"),
});

const sinceBeforeUntil = (filter: { since?: string | undefined; until?: string | undefined }) =>
  filter.since === undefined || filter.until === undefined || filter.since <= filter.until;

const IN_ORDER = { path: ["since"], error: "must not be after until" };

/** The filter alone, as text values by name: in a query, or in a JSON object. */
export const FILTER = FILTER_FIELDS.refine(sinceBeforeUntil, IN_ORDER);

/** The filter and what else a surface takes. */
export const filterWith = <Shape extends z.core.$ZodLooseShape>(more: Shape) =>
  FILTER_FIELDS.extend(more).refine((query) => sinceBeforeUntil(query as FilterFields), IN_ORDER);

export const LIST_QUERY = filterWith({
  before_seq: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional()
    .describe("Only entries below this place: `next_before_seq` of the page before"),
  after_seq: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional()
    .describe("Only entries above this place, oldest first: `next_after_seq` of the page before"),
  limit: wholeNumber(1, 200).default(50),
}).refine(({ before_seq, after_seq }) => before_seq === undefined || after_seq === undefined, {
  path: ["after_seq"],
  error: "must not come with before_seq",
});

export const HISTOGRAM_QUERY = filterWith({
  buckets: wholeNumber(1, 500).default(60).describe("At most so many; their width is a round one"),
});

export type FilterFields = z.output<typeof FILTER_FIELDS>;

/** The ids of the entities that carry a tag now, of one type or of all. */
export type Tagged = (tag: string, type: string | undefined) => Promise<readonly string[]>;

/** The id of an entity, and those of all that refers to it now, directly or through others. */
export type Related = (id: string) => Promise<readonly string[]>;

/** Makes what every surface reads its filter with. */
export function createFilterReader({ tagged, related }: { readonly tagged: Tagged; readonly related: Related }) {
  return async (query: FilterFields): Promise<Filter> => {
    const lists = await Promise.all([
      ...(query.tag === undefined ? [] : [tagged(query.tag, query.entity_type)]),
      ...(query.related_to === undefined ? [] : [related(query.related_to)]),
    ]);
    const [first, ...others] = lists;
    if (first === undefined) return plainFilter(query);
    return { ...plainFilter(query), entityIds: first.filter((id) => others.every((ids) => ids.includes(id))) };
  };
}

export type ReadFilter = ReturnType<typeof createFilterReader>;

const plainFilter = (query: FilterFields): Filter => ({
  ...(query.categories ? { categories: query.categories } : {}),
  ...(query.severities ? { severities: query.severities } : {}),
  ...(query.actions ? { actions: query.actions } : {}),
  ...(query.actor === undefined ? {} : { actor: query.actor }),
  ...(query.entity_type === undefined ? {} : { entityType: query.entity_type }),
  ...(query.entity_id === undefined ? {} : { entityId: query.entity_id }),
  ...(query.entity_name === undefined ? {} : { entityName: query.entity_name }),
  ...(query.metadata_key === undefined ? {} : { metadataKey: query.metadata_key }),
  ...(query.metadata_value === undefined ? {} : { metadataValue: query.metadata_value }),
  ...(query.since === undefined ? {} : { since: query.since }),
  ...(query.until === undefined ? {} : { until: query.until }),
  ...(query.q === undefined ? {} : { q: query.q }),
});
