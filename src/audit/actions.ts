import { z } from "zod";
import { defineAction } from "./catalogue.ts";

/** What the log says of itself. It is recorded also while the log is off. */
export const logActions = {
  "activity_log.entries_lost": defineAction({
    category: "system",
    severity: "error",
    aboutEntity: false,
    when: "Entries could not be stored; written once storage works again",
    metadata: z.object({
      count: z.int(),
      from_ts: z.string(),
      to_ts: z.string(),
    }),
    message: ({ metadata }) => `${metadata["count"]} activity entries could not be stored`,
  }),
};
