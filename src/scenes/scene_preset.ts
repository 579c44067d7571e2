import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { optionalReference, reference } from "../entities/reference.ts";
import { noRepeats } from "../entities/unique.ts";

const target = z.strictObject({
  output_target_id: reference("output_target").nullable(),
  color_strip_source_id: optionalReference("color_strip_source").describe("Null: as it is."),
  brightness: z.number().min(0).max(1).default(1),
  running: z.boolean().default(true),
});

/** How several output targets shall be, set at once. */
export const scenePresetEntity = defineEntity({
  type: "scene_preset",
  path: "scene-presets",
  prefix: "scn",
  fields: z.strictObject({
    targets: z.array(target).max(500)
      .check(noRepeats(({ output_target_id }) => output_target_id, "output_target_id")).default([]),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
