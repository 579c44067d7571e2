import { assert, assertEquals } from "@std/assert";
import type { EntityTypeName } from "../../src/entities/definition.ts";
import { anId, create, wrongFields } from "./samples.ts";

interface Range {
  readonly type: EntityTypeName;
  readonly field: string;
  readonly lowest: number;
  readonly highest: number;
  readonly integer?: true;
  /** Puts the value where it belongs; by default at the top. */
  body?(value: unknown): Readonly<Record<string, unknown>>;
}

const settings = (kind: string, name: string) => ({
  field: `settings.${name}`,
  body: (value: unknown) => ({ kind, settings: { [name]: value } }),
});
const layout = (name: string, more = {}) => ({
  field: `layout.${name}`,
  body: (value: unknown) => ({ layout: { ...more, [name]: value } }),
});
const rule = (kind: string, name: string) => ({
  field: `rules[0].${name}`,
  body: (value: unknown) => ({ rules: [{ kind, ...kind === "schedule" ? { cron: "0 7 * * *" } : {}, [name]: value }] }),
});

const RANGES: readonly Range[] = [
  { type: "device", field: "led_count", lowest: 1, highest: 10_000, integer: true },
  { type: "device", field: "universe", lowest: 0, highest: 63_999, integer: true },
  { type: "device", field: "priority", lowest: 0, highest: 200, integer: true },
  { type: "output_target", field: "fps", lowest: 1, highest: 120 },
  { type: "output_target", field: "brightness", lowest: 0, highest: 1 },
  { type: "output_target", field: "first_led", lowest: 0, highest: 9_999, integer: true },
  { type: "output_target", field: "led_count", lowest: 1, highest: 10_000, integer: true },
  { type: "sync_clock", field: "speed", lowest: 0.01, highest: 100 },
  { type: "color_strip_source", field: "speed", lowest: 0, highest: 100 },
  { type: "color_strip_source", field: "intensity", lowest: 0, highest: 1 },
  { type: "color_strip_source", field: "hold_seconds", lowest: 0.1, highest: 3_600 },
  { type: "color_strip_source", ...layout("top", { left: 0 }), lowest: 1, highest: 10_000, integer: true },
  { type: "color_strip_source", ...layout("offset", { top: 1 }), lowest: -10_000, highest: 10_000, integer: true },
  { type: "color_strip_source", ...layout("depth", { top: 1 }), lowest: 0.01, highest: 0.5 },
  { type: "picture_source", ...settings("test_pattern", "width"), lowest: 2, highest: 1_024, integer: true },
  { type: "picture_source", ...settings("image", "height"), lowest: 2, highest: 1_024, integer: true },
  { type: "picture_source", ...settings("ffmpeg", "fps"), lowest: 0.1, highest: 120 },
  { type: "picture_source", ...settings("adb", "fps"), lowest: 0.1, highest: 30 },
  { type: "picture_source", ...settings("push", "hold_seconds"), lowest: 0.1, highest: 3_600 },
  { type: "audio_source", ...settings("test_tone", "frequency_hz"), lowest: 20, highest: 20_000 },
  { type: "audio_source", ...settings("test_tone", "level"), lowest: 0, highest: 1 },
  { type: "audio_source", ...settings("test_tone", "beats_per_minute"), lowest: 0, highest: 300 },
  { type: "audio_source", ...settings("ffmpeg", "bands"), lowest: 1, highest: 64, integer: true },
  { type: "audio_source", ...settings("ffmpeg", "gain"), lowest: 0, highest: 100 },
  { type: "audio_source", ...settings("ffmpeg", "smoothing"), lowest: 0, highest: 0.99 },
  { type: "audio_source", ...settings("ffmpeg", "sample_rate_hz"), lowest: 8_000, highest: 96_000, integer: true },
  { type: "template", ...settings("capture", "black_threshold"), lowest: 0, highest: 1 },
  { type: "template", ...settings("postprocessing", "brightness"), lowest: 0, highest: 4 },
  { type: "template", ...settings("postprocessing", "saturation"), lowest: 0, highest: 4 },
  { type: "template", ...settings("postprocessing", "gamma"), lowest: 0.1, highest: 5 },
  { type: "template", ...settings("postprocessing", "smoothing"), lowest: 0, highest: 0.99 },
  {
    type: "template",
    ...settings("postprocessing", "temperature_kelvin"),
    lowest: 1_000,
    highest: 20_000,
    integer: true,
  },
  { type: "template", ...settings("postprocessing", "max_milliamps"), lowest: 10, highest: 1_000_000, integer: true },
  { type: "automation", ...rule("schedule", "hold_seconds"), lowest: 1, highest: 86_400 },
  { type: "automation", ...rule("webhook", "hold_seconds"), lowest: 1, highest: 86_400 },
  { type: "automation", ...rule("audio_level", "min_level"), lowest: 0, highest: 1 },
  { type: "automation", ...rule("device_state", "max_brightness"), lowest: 0, highest: 1 },
  {
    type: "scene_preset",
    field: "targets[0].brightness",
    lowest: 0,
    highest: 1,
    body: (brightness) => ({ targets: [{ output_target_id: null, brightness }] }),
  },
  {
    type: "scene_playlist",
    field: "items[0].duration_seconds",
    lowest: 0.1,
    highest: 86_400,
    body: (duration_seconds) => ({ items: [{ scene_preset_id: null, duration_seconds }] }),
  },
  {
    type: "gradient",
    field: "stops[1].position",
    lowest: 0,
    highest: 1,
    body: (position) => ({ stops: [{ position: 0, color: "#000000" }, { position, color: "#000000" }] }),
  },
];

for (const { type, field, lowest, highest, integer, body = (value: unknown) => ({ [field]: value }) } of RANGES) {
  Deno.test(`${field} of a ${type} is a number of ${lowest} to ${highest}`, () => {
    for (const value of [lowest, highest]) assertEquals(wrongFields(create(type, body(value))), []);
    const outside = [lowest - (integer ? 1 : 1e-6), highest + (integer ? 1 : 1e-6), Infinity, "1", true, [], {}];
    for (const value of [...outside, ...integer ? [lowest + 0.5] : []]) {
      const wrong = wrongFields(create(type, body(value)));
      assert(wrong.includes(field) || (field === "layout.top" && wrong[0] === "layout"), `${value}: ${wrong}`);
    }
  });
}

Deno.test("lists end somewhere", () => {
  const times = <T>(length: number, item: T) => Array.from({ length }, () => item);
  const stop = { position: 0, color: "#000000" };
  const item = { scene_preset_id: null };
  const target = { output_target_id: null };
  assert(create("gradient", { stops: times(64, stop) }).ok);
  assertEquals(wrongFields(create("gradient", { stops: times(65, stop) })), ["stops"]);
  assertEquals(wrongFields(create("gradient", { stops: [stop] })), ["stops"]);
  assert(create("scene_playlist", { items: times(500, item) }).ok);
  assertEquals(wrongFields(create("scene_playlist", { items: times(501, item) })), ["items"]);
  assertEquals(wrongFields(create("scene_preset", { targets: times(501, target) })), ["targets"]);
  assertEquals(wrongFields(create("automation", { rules: times(33, { kind: "startup" }) })), ["rules"]);
});

Deno.test("colours are six hex digits, stored in lower case", () => {
  const parsed = create("color_strip_source", { color: "#FFaa00" });
  assertEquals(parsed.ok && parsed.fields["color"], "#ffaa00");
  for (const color of ["#fff", "red", "#gggggg", "ffffff", "#ffffff\n", "#ffffff00", null, 0]) {
    assertEquals(wrongFields(create("color_strip_source", { color })), ["color"]);
  }
});

Deno.test("a scene sets an output target once", () => {
  const target = { output_target_id: anId("tgt") };
  assertEquals(wrongFields(create("scene_preset", { targets: [target, target] })), ["targets[1].output_target_id"]);
  assertEquals(wrongFields(create("scene_preset", { targets: [{}] })), ["targets[0].output_target_id"]);
});

Deno.test("a layout has at least one LED and no more than a device can have", () => {
  for (const layout of [{}, { top: 5_001, bottom: 5_000 }]) {
    assertEquals(wrongFields(create("color_strip_source", { layout })), ["layout"]);
  }
  assertEquals(wrongFields(create("color_strip_source", { layout: { top: 1, corner: 1 } })), ["layout.corner"]);
});
