import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { optionalReference } from "../entities/reference.ts";

/** Colours of a strip, sent to a device. */
export const outputTargetEntity = defineEntity({
  type: "output_target",
  path: "output-targets",
  prefix: "tgt",
  fields: z.strictObject({
    device_id: optionalReference("device"),
    color_strip_source_id: optionalReference("color_strip_source"),
    template_id: optionalReference("template").describe("A postprocessing template."),
    fps: z.number().min(1).max(120).default(30).describe("Frames sent per second."),
    brightness: z.number().min(0).max(1).default(1),
    first_led: z.int().min(0).max(9_999).default(0).describe("Where on the device's strip the colours begin."),
    led_count: z.int().min(1).max(10_000).nullable().default(null).describe("Null: up to the end of the strip."),
    reverse: z.boolean().default(false),
  }),
  status: { state: "stopped" },
  statusSchema: z.object({ state: z.enum(["stopped", "running", "error"]) }),
  secrets: [],
});
