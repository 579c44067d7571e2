import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { fieldsWithSettings } from "../entities/settings_by_kind.ts";

const ratio = () => z.number().min(0).max(1);
const margin = () => z.number().min(0).max(0.49).default(0);

/** How a picture is read. Margins are fractions of its width or height. */
const capture = z.strictObject({
  crop: z.strictObject({ top: margin(), right: margin(), bottom: margin(), left: margin() }).prefault({}),
  detect_black_bars: z.boolean().default(false),
  black_threshold: ratio().default(0.05).describe("Up to this brightness a bar counts as black."),
  sampling: z.enum(["average", "dominant", "brightest"]).default("average")
    .describe("How the picture behind one LED becomes one colour."),
});

/** What happens to colours before they are sent; the defaults change nothing. */
const postprocessing = z.strictObject({
  brightness: z.number().min(0).max(4).default(1),
  saturation: z.number().min(0).max(4).default(1),
  gamma: z.number().min(0.1).max(5).default(1),
  temperature_kelvin: z.int().min(1_000).max(20_000).default(6_500),
  channel_gain: z.strictObject({ red: ratio().default(1), green: ratio().default(1), blue: ratio().default(1) })
    .prefault({}),
  black_level: ratio().default(0).describe("Darker LEDs are switched off."),
  smoothing: z.number().min(0).max(0.99).default(0).describe("Share of the previous frame in the next."),
  max_milliamps: z.int().min(10).max(1_000_000).nullable().default(null).describe("Null: no limit."),
});

/** Settings to share between picture sources (capture) or output targets (postprocessing). */
export const templateEntity = defineEntity({
  type: "template",
  path: "templates",
  prefix: "tpl",
  fields: fieldsWithSettings({ capture, postprocessing }, {}),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
