import { z } from "zod";
import { CATEGORIES, SEVERITIES } from "../audit/mod.ts";

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
  next_after_seq: z.int().nullable().optional().describe("Only where `after_seq` was given; null at the end"),
  has_more: z.boolean(),
  total: z.int().describe("Matches whatever the page; a lower bound when capped"),
  total_capped: z.boolean(),
  partial: z.boolean().describe("The search stopped at its time budget; `next_before_seq` goes on"),
});

const COUNTS = z.array(z.object({ value: z.string(), count: z.int() })).describe("The 50 most frequent");
const PARTIAL = z.boolean().describe("Only part was looked at: every count is a lower bound");

export const FACETS = z.object({
  categories: COUNTS,
  severities: COUNTS,
  actions: COUNTS,
  actors: COUNTS,
  entity_types: COUNTS.describe("The 50 most frequent; entries about no entity are not among them"),
  total: z.int(),
  partial: PARTIAL,
});

export const HISTOGRAM = z.object({
  since: z.iso.datetime().nullable().describe(
    "The part of the asked span that the log covers; null when it covers none of it",
  ),
  until: z.iso.datetime().nullable(),
  bucket_seconds: z.int(),
  buckets: z.array(z.object({
    start: z.iso.datetime(),
    info: z.int(),
    warning: z.int(),
    error: z.int(),
  })).describe("One after the other without a hole; starts are multiples of the width, in UTC"),
  total: z.int(),
  partial: PARTIAL,
});

export const ACTIONS = z.object({
  items: z.array(z.object({
    action: z.string(),
    label: z.string(),
    category: z.enum(CATEGORIES),
    severity: z.enum(SEVERITIES),
    when: z.string(),
    metadata: z.array(z.string()).describe("Keys of the metadata, also those that may be left out"),
  })),
});
