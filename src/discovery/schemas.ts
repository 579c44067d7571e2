import { z } from "zod";
import { COMMON_FIELDS } from "../entities/common.ts";
import { noRepeats } from "../entities/unique.ts";
import { COUNTS, ITEM_ERROR } from "../http/batch.ts";

const DISCOVERED = z.object({
  id: z.string(),
  name: z.string().describe("What it calls itself, cleaned"),
  device_type: z.string(),
  url: z.string().describe("What a device of this type is configured with"),
  address: z.string(),
  host: z.string(),
  mac: z.string().nullable().describe("Twelve hexadecimal digits, if it tells"),
  first_seen_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime(),
});

export const DISCOVERED_LIST = z.object({
  items: z.array(DISCOVERED),
  total: z.int(),
  searching: z.boolean(),
  off: z.boolean().describe("Searching is switched off in the settings of the server"),
  problem: z.string().nullable().describe("Why nothing is searched for now, in one sentence"),
});

export const SEARCH = z.strictObject({
  timeout_seconds: z.int().min(1).max(15).default(3),
});

export const SEARCH_LINES = z.string().describe(
  "A line of JSON for each device as it answers, `type` `device` with `device` and `configured`; at the end one of `type` " +
    "`done` with `found`, how many they were",
);

export const ADOPTION = z.strictObject({
  ids: z.array(z.string().max(64)).min(1).max(500).check(noRepeats((id) => id)).describe("Of found devices"),
  tags: COMMON_FIELDS.shape.tags.describe("Labels that every one of them gets"),
});

/** `device` is the entity as its own routes answer it. */
export const adoptedSchema = (device: z.ZodType) =>
  z.object({
    items: z.array(z.union([
      z.object({ id: z.string(), ok: z.literal(true), device }),
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        ok: z.literal(false),
        error: ITEM_ERROR,
      }),
    ])),
    ...COUNTS,
  });
