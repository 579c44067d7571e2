import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { optionalReference } from "../entities/reference.ts";
import { RULE } from "./rules.ts";

/** Activates a scene while its rules hold. Without rules it never does. */
export const automationEntity = defineEntity({
  type: "automation",
  path: "automations",
  prefix: "aut",
  fields: z.strictObject({
    rules: z.array(RULE).max(32).default([]),
    match: z.enum(["all", "any"]).default("all").describe("How many of the rules must hold."),
    scene_preset_id: optionalReference("scene_preset"),
    fallback_scene_preset_id: optionalReference("scene_preset")
      .describe("The scene for when the rules no longer hold; null leaves the lights as they are."),
    enabled: z.boolean().default(true),
  }),
  status: { active: false },
  statusSchema: z.object({ active: z.boolean() }),
  secrets: ["webhook_secret"],
});
