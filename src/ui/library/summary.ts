import { count, percent } from "../base/format.ts";
import { ENTITY_VIEWS, type EntityTypeName } from "../entities/types.ts";
import { optionLabel } from "./form/labels.ts";
import { isValues, type Values } from "./form/shapes.ts";

/** The name behind an id; undefined while it is not known. */
export type NameOf = (type: EntityTypeName, id: string) => string | undefined;

/** `1 min 30 s` */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [[Math.floor(whole / 3600), "h"], [Math.floor(whole / 60) % 60, "min"]] as const;
  const rest = Number((seconds - Math.floor(whole / 60) * 60).toFixed(1));
  const texts = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return rest > 0 || texts.length === 0 ? [...texts, `${rest} s`].join(" ") : texts.join(" ");
}

const listOf = (value: unknown): readonly Values[] => Array.isArray(value) ? value.filter(isValues) : [];
const numberOf = (value: unknown, otherwise = 0): number => typeof value === "number" ? value : otherwise;
const textOf = (value: unknown): string => typeof value === "string" ? value : "";
const some = (amount: number, noun: string): string =>
  `${amount === 0 ? "no" : count(amount)} ${noun}${amount === 1 ? "" : "s"}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `3 scenes, 1 min 30 s, then from the start` */
export function playlistLength(playlist: Values): string {
  const items = listOf(playlist["items"]);
  const seconds = items.reduce((sum, item) => sum + numberOf(item["duration_seconds"], 30), 0);
  const order = playlist["shuffle"] === true ? ", in any order" : "";
  const end = playlist["loop"] === false ? ", once" : ", again and again";
  return capital(
    items.length === 0 ? "no scenes" : `${some(items.length, "scene")}, ${duration(seconds)}${order}${end}`,
  );
}

const DAYS = 7;

/** One rule as people say it. */
export function ruleText(rule: Values, nameOf: NameOf): string {
  const named = (type: EntityTypeName, field: string, otherwise: string) =>
    nameOf(type, textOf(rule[field])) ?? otherwise;
  const hold = `for ${duration(numberOf(rule["hold_seconds"]))}`;
  switch (rule["kind"]) {
    case "time_of_day": {
      const days = Array.isArray(rule["weekdays"]) ? rule["weekdays"].map((day) => capital(textOf(day))) : [];
      const on = days.length === DAYS || days.length === 0 ? "" : ` on ${days.join(", ")}`;
      return `from ${textOf(rule["from"])} until ${textOf(rule["until"])}${on}`;
    }
    case "schedule":
      return `at ${textOf(rule["cron"])} ${hold}`;
    case "device_online":
      return `while ${named("device", "device_id", "a device")} is ${rule["online"] === false ? "offline" : "online"}`;
    case "device_state":
      return `while ${named("device", "device_id", "a device")} is ${rule["on"] === false ? "off" : "on"}`;
    case "audio_level":
      return `while ${named("audio_source", "audio_source_id", "a sound")} is louder than ${
        percent(numberOf(rule["min_level"]))
      }`;
    case "webhook":
      return `when called from outside, ${hold}`;
    case "startup":
      return `when the server starts, ${hold}`;
    default:
      return optionLabel(textOf(rule["kind"])).toLowerCase();
  }
}

function automationText(automation: Values, nameOf: NameOf): string {
  const rules = listOf(automation["rules"]).map((rule) => ruleText(rule, nameOf));
  const when = rules.join(automation["match"] === "any" ? " or " : " and ");
  const scene = nameOf("scene_preset", textOf(automation["scene_preset_id"]));
  const off = automation["enabled"] === false ? "Off. " : "";
  if (rules.length === 0) return `${off}No rules yet, so it never acts`;
  return `${off}${scene ?? "No scene"} ${when}`;
}

function stripText(strip: Values, nameOf: NameOf): string {
  const kind = textOf(strip["kind"]);
  const source: Readonly<Record<string, string | undefined>> = {
    static: textOf(strip["color"]),
    gradient: nameOf("gradient", textOf(strip["gradient_id"])),
    effect: optionLabel(textOf(strip["effect"])),
    picture: nameOf("picture_source", textOf(strip["picture_source_id"])),
    audio: nameOf("audio_source", textOf(strip["audio_source_id"])),
  };
  const what = source[kind];
  return what === undefined ? optionLabel(kind) : `${optionLabel(kind)}: ${what}`;
}

/** What tells an entity from others of its type, in a line; empty when only its name does. */
export function summaryOf(type: EntityTypeName, entity: Values, nameOf: NameOf): string {
  switch (type) {
    case "output_target": {
      const device = nameOf("device", textOf(entity["device_id"])) ?? "no device";
      const strip = nameOf("color_strip_source", textOf(entity["color_strip_source_id"])) ?? "No color strip";
      return `${strip} on ${device}, ${percent(numberOf(entity["brightness"], 1))}`;
    }
    case "color_strip_source":
      return stripText(entity, nameOf);
    case "picture_source":
    case "audio_source":
    case "template":
      return optionLabel(textOf(entity["kind"]));
    case "gradient":
      return `${some(listOf(entity["stops"]).length, "stop")}, ${textOf(entity["interpolation"])}`;
    case "sync_clock":
      return `Speed ${numberOf(entity["speed"], 1)}, ${entity["running"] === false ? "stopped" : "running"}`;
    case "automation":
      return automationText(entity, nameOf);
    case "scene_preset":
      return capital(some(listOf(entity["targets"]).length, ENTITY_VIEWS.output_target.label.toLowerCase()));
    case "scene_playlist":
      return playlistLength(entity);
    case "device":
      return "";
  }
}
