import { z } from "zod";
import { EXPORT_FORMATS } from "../audit/mod.ts";
import { FILTER, filterWith } from "./schemas.ts";

const FORMAT = z.enum(EXPORT_FORMATS).default("csv");
const GUARD = z.enum(["on", "off"]).default("on")
  .describe("CSV only: whether a cell that a spreadsheet would take for a formula gets a leading apostrophe");

export const EXPORT_QUERY = filterWith({ format: FORMAT, guard: GUARD });
export type ExportQuery = z.output<typeof EXPORT_QUERY>;

export const TICKET_REQUEST = z.strictObject({
  format: FORMAT,
  guard: GUARD,
  filter: FILTER.default({}).describe("The parameters of the list by name: texts, or lists of texts"),
});

export const TICKET = z.object({
  url: z.string().describe("Path on this server: for one download, by anyone who holds it"),
  export_id: z.string(),
  expires_at: z.iso.datetime(),
});

export const PROOF = z.object({
  state: z.enum(["waiting", "running", "complete", "broken"]),
  complete: z.boolean().describe("The file was sent to its end"),
  rows: z.int(),
  first_seq: z.int().nullable(),
  last_seq: z.int().nullable(),
  bytes: z.int().describe("Before any compression"),
  sha256: z.string().nullable().describe("Of these bytes, in hexadecimal; null until it is complete"),
});

/** The file itself, in any of the formats. */
export const FILE = z.string().describe("The entries, oldest first");
export const MEDIA_TYPES = { csv: "text/csv", json: "application/json", ndjson: "application/x-ndjson" } as const;
