import type { Entry } from "../../audit/mod.ts";
import { count, percent } from "../base/format.ts";
import { note, numberIn, type Part, type Phrase, say, textIn, value, which, who } from "./parts.ts";

/** What a light was set to, one piece each, in the order in which it tells most. */
function settings(entry: Entry): readonly Part[] {
  const [brightness, color, preset] = [
    numberIn(entry, "brightness"),
    textIn(entry, "color"),
    numberIn(entry, "preset"),
  ];
  return [
    ...(brightness === undefined ? [] : [say(percent(brightness))]),
    ...(color === undefined ? [] : [{ kind: "color", hex: color } as const]),
    ...(preset === undefined ? [] : [say(`preset ${preset}`)]),
  ];
}

const listed = (parts: readonly Part[]): readonly Part[] =>
  parts.flatMap((part, index) => index === 0 ? [part] : [say(","), part]);

const several = (entry: Entry): Part | undefined => {
  const changes = numberIn(entry, "changes");
  return changes === undefined || changes < 2 ? undefined : note(`${count(changes)} changes`);
};

const switched = ({ metadata }: Entry): string | undefined =>
  typeof metadata["on"] === "boolean" ? (metadata["on"] ? "on" : "off") : undefined;

/** `turned on`, `dimmed`, `set`: the verb that fits all that was changed. */
function verb(entry: Entry): string {
  const on = switched(entry);
  if (on !== undefined) return `turned ${on}`;
  const onlyBrightness = textIn(entry, "color") === undefined && numberIn(entry, "preset") === undefined;
  if (onlyBrightness) return numberIn(entry, "brightness") === undefined ? "changed" : "dimmed";
  return "set";
}

const stateChanged: Phrase = (entry) => {
  const details = settings(entry);
  if (textIn(entry, "source") === "external") {
    const on = switched(entry);
    const seen = on === undefined ? details : [say(`turned ${on}`), ...details];
    return [which(entry), say("was changed elsewhere:"), ...listed(seen), several(entry)];
  }
  const join = details.length === 0 ? undefined : say(switched(entry) === undefined ? "to" : "at");
  return [who(entry), say(verb(entry)), which(entry), join, ...listed(details), several(entry)];
};

const latency = (entry: Entry): Part | undefined => {
  const ms = numberIn(entry, "latency_ms");
  return ms === undefined ? undefined : note(`${count(Math.round(ms))} ms`);
};

/** Of one that comes and goes all the time. */
const suppressed = (entry: Entry): Part | undefined => {
  const times = numberIn(entry, "suppressed");
  return times === undefined ? undefined : note(`${count(times)} times before not recorded`);
};

const found = (said: string): Phrase => (entry) => {
  const more = numberIn(entry, "suppressed");
  if (more !== undefined) return [say(`${count(more)} more devices came or went on the network`)];
  return [say(said), value(textIn(entry, "url")), note(textIn(entry, "device_type"))];
};

/** What happens to devices and what they are told. */
export const devicePhrases = {
  "device.online": (entry) => [which(entry), say("came online"), latency(entry), suppressed(entry)],
  "device.offline": (entry) => [which(entry), say("went offline"), suppressed(entry)],
  "device.state_changed": stateChanged,
  "device.identified": (entry) => [who(entry), say("made"), which(entry), say("blink")],
  "device.discovered": found("Found a new device on the network at"),
  "device.lost": found("Gone from the network: the device at"),
  "device.adb_connected": (entry) => [who(entry), say("connected adb to"), value(textIn(entry, "address"))],
  "device.adb_disconnected": (entry) => [who(entry), say("disconnected adb from"), value(textIn(entry, "address"))],
} satisfies Readonly<Record<string, Phrase>>;
