import { z } from "zod";
import { color } from "../entities/color.ts";
import { defineEntity } from "../entities/definition.ts";
import { optionalReference } from "../entities/reference.ts";
import { stripLayout } from "./strip_layout.ts";

const EFFECTS = [
  "rainbow",
  "color_cycle",
  "breathe",
  "chase",
  "wipe",
  "scanner",
  "twinkle",
  "fire",
  "meteor",
  "strobe",
  "noise",
] as const;

/** What colours a strip of LEDs. Only what its kind needs is read; the rest may stay set. */
export const colorStripSourceEntity = defineEntity({
  type: "color_strip_source",
  path: "color-strip-sources",
  prefix: "css",
  fields: z.strictObject({
    kind: z.enum(["static", "gradient", "effect", "picture", "audio", "push"]),
    color: color().default("#ffffff").describe("For static; the base colour of effects, audio and push."),
    gradient_id: optionalReference("gradient").describe("For gradient; the palette of effects and audio."),
    effect: z.enum(EFFECTS).default("rainbow"),
    picture_source_id: optionalReference("picture_source"),
    audio_source_id: optionalReference("audio_source"),
    sync_clock_id: optionalReference("sync_clock").describe("The time that moving colours follow."),
    speed: z.number().min(0).max(100).default(1).describe("Of gradient and effect; 0 stands still."),
    intensity: z.number().min(0).max(1).default(0.5).describe("Of effect."),
    audio_display: z.enum(["spectrum", "level", "beat"]).default("spectrum"),
    mirror: z.boolean().default(false),
    reverse: z.boolean().default(false),
    hold_seconds: z.number().min(0.1).max(3_600).default(5).describe("How long pushed colours stay."),
    layout: stripLayout().nullable().default(null).describe("For picture; null spreads the LEDs evenly."),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
