import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

const common = { category: "system", aboutEntity: false, metadata: z.object({ version: z.string() }) } as const;

export const updateActions = {
  "update.applied": defineAction({
    ...common,
    severity: "info",
    label: "Update applied",
    when: "The program was replaced by another version, which the restart that follows starts",
    message: ({ metadata }) => `Update to ${metadata["version"]} applied`,
  }),
  "update.dismissed": defineAction({
    ...common,
    severity: "info",
    label: "Update dismissed",
    when: "Somebody does not want to be told of this version any more",
    message: ({ metadata }) => `Update to ${metadata["version"]} dismissed`,
  }),
  "update.rolled_back": defineAction({
    ...common,
    severity: "warning",
    label: "Update rolled back",
    when: "The version did not answer after its start, and the one before it runs again",
    message: ({ metadata }) => `Update to ${metadata["version"]} rolled back: it did not answer`,
  }),
};
