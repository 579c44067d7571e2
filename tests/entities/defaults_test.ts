import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import { ENTITY_TYPES, type EntityTypeName } from "../../src/entities/definition.ts";
import { ENTITY_DEFINITIONS, ENTITY_LABELS } from "../../src/entity_types.ts";
import { create, created, wrongFields } from "./samples.ts";

const SIZE = { width: 64, height: 36 };
const ANALYSIS = { bands: 16, gain: 1, smoothing: 0.5 };
const FFMPEG = { input: null, format: "auto", options: [], username: null };

const DEFAULTS: Readonly<Record<EntityTypeName, Readonly<Record<string, unknown>>>> = {
  device: {
    device_type: "virtual",
    url: null,
    rgb_order: "rgb",
    universe: 1,
    priority: 100,
    enabled: true,
    ssh_user: null,
    ssh_identity: null,
  },
  output_target: {
    device_id: null,
    color_strip_source_id: null,
    template_id: null,
    fps: 30,
    brightness: 1,
    first_led: 0,
    led_count: null,
    reverse: false,
  },
  picture_source: {
    kind: "test_pattern",
    settings: { pattern: "color_bars", color: "#ffffff", ...SIZE, fps: 30 },
    template_id: null,
  },
  audio_source: {
    kind: "test_tone",
    settings: { waveform: "sine", frequency_hz: 440, level: 0.5, beats_per_minute: 0, ...ANALYSIS },
  },
  color_strip_source: {
    kind: "static",
    color: "#ffffff",
    gradient_id: null,
    effect: "rainbow",
    picture_source_id: null,
    audio_source_id: null,
    sync_clock_id: null,
    speed: 1,
    intensity: 0.5,
    audio_display: "spectrum",
    mirror: false,
    reverse: false,
    hold_seconds: 5,
    layout: null,
  },
  gradient: {
    stops: [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }],
    interpolation: "linear",
  },
  sync_clock: { speed: 1, running: true },
  template: {
    kind: "capture",
    settings: {
      crop: { top: 0, right: 0, bottom: 0, left: 0 },
      detect_black_bars: false,
      black_threshold: 0.05,
      sampling: "average",
    },
  },
  automation: { rules: [], match: "all", scene_preset_id: null, fallback_scene_preset_id: null, enabled: true },
  scene_preset: { targets: [] },
  scene_playlist: { items: [], loop: true, shuffle: false },
};

for (const type of ENTITY_TYPES) {
  Deno.test(`a ${type} with only its name and kind has every default`, () => {
    const { common, fields, secrets } = created(type);
    assertEquals(common, { name: "Desk", description: "", tags: [] });
    assertEquals(fields, DEFAULTS[type]);
    assertEquals(secrets, {});
  });

  Deno.test(`a ${type} without a name is refused`, () => {
    assertEquals(wrongFields(create(type, { name: undefined })), ["name"]);
  });

  Deno.test(`a ${type} refuses an unknown field by name`, () => {
    assertEquals(wrongFields(create(type, { colour: 1 })), ["colour"]);
  });

  Deno.test(`a ${type} can be described by JSON Schema in and out`, () => {
    const { fields, statusSchema } = ENTITY_DEFINITIONS[type];
    assert(z.toJSONSchema(fields, { io: "input" }).properties !== undefined);
    assert(z.toJSONSchema(fields, { io: "output" }).properties !== undefined);
    assert(z.toJSONSchema(statusSchema).properties !== undefined);
  });

  Deno.test(`the read-only fields of a ${type} fit their schema`, () => {
    const { status, statusSchema } = ENTITY_DEFINITIONS[type];
    assertEquals(statusSchema.parse(status), status);
  });
}

Deno.test("each kind of source and template has default settings of its own", () => {
  const settings = (type: EntityTypeName, kind: string) => created(type, { kind }).fields["settings"];
  assertEquals(settings("picture_source", "image"), { input: null, fit: "stretch", ...SIZE });
  assertEquals(settings("picture_source", "ffmpeg"), { ...FFMPEG, ...SIZE, fps: 30 });
  assertEquals(settings("picture_source", "adb"), { address: null, ...SIZE, fps: 5 });
  assertEquals(settings("picture_source", "push"), { ...SIZE, hold_seconds: 5 });
  assertEquals(settings("audio_source", "ffmpeg"), { ...FFMPEG, sample_rate_hz: 44_100, channel: "mix", ...ANALYSIS });
  assertEquals(settings("template", "postprocessing"), {
    brightness: 1,
    saturation: 1,
    gamma: 1,
    temperature_kelvin: 6_500,
    channel_gain: { red: 1, green: 1, blue: 1 },
    black_level: 0,
    smoothing: 0,
    max_milliamps: null,
  });
});

Deno.test("paths, prefixes and labels are unique and well-formed", () => {
  const definitions = Object.values(ENTITY_DEFINITIONS);
  for (const pick of [definitions.map((d) => d.path), definitions.map((d) => d.prefix), Object.values(ENTITY_LABELS)]) {
    assertEquals(new Set(pick).size, ENTITY_TYPES.length);
  }
  for (const type of ENTITY_TYPES) {
    const { path, prefix } = ENTITY_DEFINITIONS[type];
    assertEquals(ENTITY_DEFINITIONS[type].type, type);
    assertEquals(path, `${type.replaceAll("_", "-")}s`);
    assert(/^[a-z]{3}$/.test(prefix));
    assertEquals(ENTITY_LABELS[type].toLowerCase(), type.replaceAll("_", " "));
  }
});
