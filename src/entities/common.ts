import { z } from "zod";
import { line, paragraphs } from "./text.ts";
import { noRepeats } from "./unique.ts";

/** What every entity has and a client may write. Lengths are in code points, after cleaning. */
export const COMMON_FIELDS = z.strictObject({
  name: line(256).describe("Unique within its type. Control characters and terminal sequences are removed."),
  description: paragraphs(2000).default("").describe("Free text, line breaks allowed."),
  tags: z.array(line(64)).max(32).check(noRepeats((tag) => tag)).default([])
    .describe("Labels to filter by, each at most once."),
});

export type Common = Readonly<{ name: string; description: string; tags: readonly string[] }>;
