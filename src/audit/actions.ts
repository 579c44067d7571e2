import { z } from "zod";
import { defineAction } from "./catalogue.ts";
import type { Scalar } from "./recorder_types.ts";

/** What the log says of itself. It is recorded also while the log is off. */
export const logActions = {
  "activity_log.entries_lost": defineAction({
    category: "system",
    severity: "error",
    aboutEntity: false,
    label: "Entries lost",
    when: "Entries could not be stored; written once storage works again",
    metadata: z.object({
      count: z.int(),
      from_ts: z.string(),
      to_ts: z.string(),
    }),
    message: ({ metadata }) => `${metadata["count"]} activity entries could not be stored`,
  }),
  "activity_log.cleared": defineAction({
    category: "system",
    severity: "warning",
    aboutEntity: false,
    label: "Log cleared",
    when: "Somebody removed every entry; written after that, so that it is the first of what follows",
    metadata: z.object({ deleted: z.int(), up_to_seq: z.int() }),
    message: ({ metadata }) => `Activity log cleared: ${counted(metadata["deleted"])} removed`,
  }),
  "activity_log.disabled": defineAction({
    category: "system",
    severity: "warning",
    aboutEntity: false,
    label: "Log turned off",
    when: "Somebody turned the log off; until it is on again only the log's own actions are recorded",
    metadata: z.object({}),
    message: () => "Activity log turned off",
  }),
  "activity_log.enabled": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Log turned on",
    when: "Somebody turned the log on again",
    metadata: z.object({}),
    message: () => "Activity log turned on",
  }),
  "activity_log.retention_changed": defineAction({
    category: "system",
    severity: "warning",
    aboutEntity: false,
    label: "Retention changed",
    when: "Somebody changed how long entries are kept; null is without limit",
    metadata: z.object({ max_days: z.int().nullable(), max_entries: z.int().nullable() }),
    message: ({ metadata }) =>
      `Activity log retention changed: ${limit(metadata["max_days"], "days")}, ${
        limit(metadata["max_entries"], "entries")
      }`,
  }),
  "activity_log.pruned": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Old entries removed",
    when: "Old entries were removed because of their age or their number",
    metadata: z.object({ deleted: z.int(), up_to_seq: z.int() }),
    message: ({ metadata }) => `Old activity removed: ${counted(metadata["deleted"])}`,
  }),
  "activity_log.exported": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Log exported",
    when: "An export ended; `complete` tells whether the file was sent to its end",
    metadata: z.object({
      format: z.string(),
      rows: z.int(),
      complete: z.boolean(),
      first_seq: z.int().optional(),
      last_seq: z.int().optional(),
      sha256: z.string().optional(),
    }),
    message: ({ metadata }) =>
      `Activity log ${metadata["complete"] ? "exported" : "exported in part"}: ${counted(metadata["rows"])} as ${
        metadata["format"]
      }`,
  }),
};

const counted = (n: Scalar | undefined) => n === 1 ? "1 entry" : `${n} entries`;
const limit = (n: Scalar | undefined, unit: string) => n === null ? `any number of ${unit}` : `${n} ${unit}`;
