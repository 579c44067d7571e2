import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { fieldsWithSettings } from "../entities/settings_by_kind.ts";
import { ffmpegInput, inputFitsFormat } from "./ffmpeg_input.ts";

/** How sound becomes levels of 0..1. */
const analysis = {
  bands: z.int().min(1).max(64).default(16).describe("Frequency bands."),
  gain: z.number().min(0).max(100).default(1),
  smoothing: z.number().min(0).max(0.99).default(0.5).describe("Share of the previous levels in the next."),
};

const SETTINGS = {
  test_tone: z.strictObject({
    waveform: z.enum(["sine", "square", "sawtooth", "noise"]).default("sine"),
    frequency_hz: z.number().min(20).max(20_000).default(440),
    level: z.number().min(0).max(1).default(0.5),
    beats_per_minute: z.number().min(0).max(300).default(0).describe("How often the tone pulses; 0 holds it."),
    ...analysis,
  }),
  ffmpeg: z.strictObject({
    ...ffmpegInput,
    sample_rate_hz: z.int().min(8_000).max(96_000).default(44_100),
    channel: z.enum(["mix", "left", "right"]).default("mix"),
    ...analysis,
  }).check(inputFitsFormat),
};

/** Where sound comes from, and how it is analysed. */
export const audioSourceEntity = defineEntity({
  type: "audio_source",
  path: "audio-sources",
  prefix: "aud",
  fields: fieldsWithSettings(SETTINGS, {}),
  status: {},
  statusSchema: z.object({}),
  secrets: ["password"],
});
