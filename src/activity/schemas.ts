import { z } from "zod";
import { CATEGORIES, type Filter, SEVERITIES } from "../audit/mod.ts";

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
const severalOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.preprocess(
    (given) =>
      (Array.isArray(given) ? given : [given]).flatMap((text) => typeof text === "string" ? text.split(",") : [text]),
    z.array(z.enum(values)).min(1).max(20),
  ).optional();

/** A whole number in decimal digits: the parser alone would also take `0x10`, `1e2` and a list of one. */
const wholeNumber = (most: number) =>
  z.preprocess(
    (given) => typeof given === "string" && /^\d{1,16}$/.test(given) ? Number(given) : NaN,
    z.number("must be a whole number in digits").int().min(1).max(most),
  );

const text = (most: number) =>
  z.string().min(1).max(most).refine((value) => value.isWellFormed(), "must not contain a lone surrogate");

/** The filter of every surface of the log. */
export const FILTER_QUERY = z.strictObject({
  categories: severalOf(CATEGORIES).describe("Any of these; repeat or separate by commas"),
  severities: severalOf(SEVERITIES).describe("Any of these; repeat or separate by commas"),
  actor: text(256).optional().describe("Label of an API key, `anonymous` or `system`"),
  entity_type: text(256).optional(),
  entity_id: text(256).optional(),
  since: time("first").optional().describe("ISO 8601, inclusive; a date alone is UTC"),
  until: time("last").optional().describe("ISO 8601, inclusive; a date alone is UTC and includes that day"),
  q: text(256).optional().describe("Any part of message, entity name, actor, action or metadata values"),
});

const sinceBeforeUntil = (filter: { since?: string | undefined; until?: string | undefined }) =>
  filter.since === undefined || filter.until === undefined || filter.since <= filter.until;

const LIST_FIELDS = FILTER_QUERY.extend({
  before_seq: wholeNumber(Number.MAX_SAFE_INTEGER).optional()
    .describe("Only entries below this place: `next_before_seq` of the page before"),
  limit: wholeNumber(200).default(50),
});

export const LIST_QUERY = LIST_FIELDS.refine(sinceBeforeUntil, { path: ["since"], error: "must not be after until" });

const ENTRY = z.object({
  id: z.string(),
  ts: z.iso.datetime(),
  category: z.enum(CATEGORIES),
  action: z.string(),
  severity: z.enum(SEVERITIES),
  actor: z.string(),
  entity_type: z.string().nullable(),
  entity_id: z.string().nullable(),
  entity_name: z.string().nullable(),
  message: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export const PAGE = z.object({
  entries: z.array(ENTRY),
  next_before_seq: z.int().nullable(),
  has_more: z.boolean(),
  total: z.int().describe("Matches whatever the page; a lower bound when capped"),
  total_capped: z.boolean(),
  partial: z.boolean().describe("The search stopped at its time budget; `next_before_seq` goes on"),
});

/** The parameters as the filter that the engine takes. */
export function toFilter(query: z.output<typeof FILTER_QUERY>): Filter {
  return {
    ...(query.categories ? { categories: query.categories } : {}),
    ...(query.severities ? { severities: query.severities } : {}),
    ...(query.actor === undefined ? {} : { actor: query.actor }),
    ...(query.entity_type === undefined ? {} : { entityType: query.entity_type }),
    ...(query.entity_id === undefined ? {} : { entityId: query.entity_id }),
    ...(query.since === undefined ? {} : { since: query.since }),
    ...(query.until === undefined ? {} : { until: query.until }),
    ...(query.q === undefined ? {} : { q: query.q }),
  };
}
