/** Where the words of a field's name alone would not do. */
const LABELS: Readonly<Record<string, string>> = {
  fps: "Frames per second",
  rgb_order: "RGB order",
  first_led: "First LED",
  led_count: "LED count",
  max_milliamps: "Most current",
  temperature_kelvin: "White point",
  beats_per_minute: "Beats per minute",
  scene_preset_id: "Scene",
  fallback_scene_preset_id: "Scene afterwards",
  output_target_id: "Output target",
  color_strip_source_id: "Color strip",
  hold_seconds: "Holds for",
  items: "Scenes",
  match: "Which rules must hold",
  on: "The light is on",
  online: "The device is online",
  webhook_secret: "Webhook secret",
  cron: "Schedule (cron)",
};

/** Where the API's own words are for programs. Empty: the label says it all. */
const HELP: Readonly<Record<string, string>> = {
  name: "",
  description: "",
  settings: "",
  tags: "Words to find it by, with a comma or Enter after each.",
};

const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ["_seconds", "s"],
  ["_hz", "Hz"],
  ["_kelvin", "K"],
  ["_milliamps", "mA"],
];

const WORDS: Readonly<Record<string, string>> = {
  led: "LED",
  leds: "LEDs",
  rgb: "RGB",
  url: "URL",
  fps: "FPS",
  adb: "Android (adb)",
  api: "API",
};

const endingOf = (name: string) => UNITS.find(([ending]) => name.endsWith(ending));

const sentence = (words: readonly string[]): string => {
  const text = words.map((word) => WORDS[word] ?? word).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** `led_count` → `LED count`. */
export function labelOf(name: string): string {
  const given = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  if (given !== undefined) return given;
  const [ending = ""] = endingOf(name) ?? [];
  return sentence(name.slice(0, name.length - ending.length).replace(/_id$/, "").split("_"));
}

/** `hold_seconds` → `s`; empty for most. */
export const unitOf = (name: string): string => endingOf(name)?.[1] ?? "";

export const helpOf = (name: string, description: string): string =>
  Object.hasOwn(HELP, name) ? HELP[name] ?? "" : description.replace(/\bNull\b/g, "None").replace(/\bnull\b/g, "none");

/** One of the values of a choice, as people say it: `time_of_day` → `Time of day`. What has digits is a proper name. */
export const optionLabel = (value: string): string => /\d|^ffmpeg$/.test(value) ? value : sentence(value.split("_"));

/** One of a list: `Stops` → `Stop`. */
export const itemLabel = ({ label }: { readonly label: string }): string => label.replace(/s$/, "");
