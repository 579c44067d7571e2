import { z } from "zod";
import { RESOURCE_TYPES, TRIGGERS } from "./types.ts";

const count = (what: string) =>
  z.int().nullable().describe(
    `${what} since the snapshot before; null for the first, or when that one could not be read`,
  );

export const SNAPSHOT = z.object({
  id: z.string(),
  device_id: z.string(),
  resource_type: z.enum(RESOURCE_TYPES),
  sha256: z.string().describe("Of the text, in which secrets are replaced by marks"),
  size: z.int().describe("Bytes of the text"),
  trigger: z.enum(TRIGGERS).describe("Why it was read"),
  created_at: z.iso.datetime(),
  previous_id: z.string().nullable(),
  lines_added: count("Lines that came"),
  lines_removed: count("Lines that went"),
  changes: count("Parts of the configuration that changed"),
});

export const WHOLE_SNAPSHOT = SNAPSHOT.extend({ text: z.string() });

export const BACKED_UP = z.object({ outcome: z.enum(["stored", "duplicate"]), snapshot: SNAPSHOT });

export const HISTORY = z.object({
  items: z.array(SNAPSHOT),
  total: z.int(),
  last_checked_at: z.iso.datetime().nullable(),
  last_outcome: z.enum(["stored", "duplicate", "failed"]).nullable(),
  last_problem: z.string().nullable().describe("Why the last look failed, if it did"),
});

export const DIFF = z.object({
  snapshot_id: z.string(),
  against: z.string().nullable().describe("The snapshot that it is compared with; null for the first"),
  unified: z.string().describe("As `diff -u` writes it"),
  truncated: z.boolean().describe("Not all is shown, or what stayed could not be told from what was replaced"),
  lines_added: z.int(),
  lines_removed: z.int(),
  changes: z.array(z.object({
    component: z.string().describe("`/ip address`, `cfg.nw.ins`"),
    kind: z.enum(["added", "removed", "modified"]),
    lines: z.int(),
    line: z.string().describe("The first of them"),
  })),
  hunks: z.array(z.object({
    old_start: z.int(),
    new_start: z.int(),
    lines: z.array(z.string()).describe("Each begins with a space, `+` or `-`"),
  })),
});
