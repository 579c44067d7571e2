import type { FoundSettings } from "./flag_settings.ts";
import { KEY_NAMES, type KeyName, KEYS } from "./keys.ts";
import { hint } from "./nearest.ts";
import { collect, type ConfigProblem, type Setting, settingOf } from "./settings.ts";

/** What the configuration file sets: a JSON object of texts; what is a number may be one here, lists may be arrays of texts. */
export function readConfigFile(path: Setting, readFile: (path: string) => string): FoundSettings {
  const content = parseFile(path, readFile);
  if (!content.ok) return { settings: {}, problems: [{ key: "config", message: content.message }] };
  const problems: ConfigProblem[] = unknownKeys(content.value, path.text);
  const settings = collect((name) => {
    const text = textOf(name, content.value[name]);
    if (text === undefined) problems.push({ key: name, message: wrongType(name, path.text) });
    return settingOf(text ?? "", `"${name}" in ${path.text}`);
  });
  return { settings, problems };
}

type Content =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly message: string };

function parseFile({ text: path, label }: Setting, readFile: (path: string) => string): Content {
  const refused = (why: string) => ({ ok: false, message: `Cannot use ${label} "${path}": ${why}` } as const);
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    return refused(error instanceof Error ? error.message : "it cannot be read");
  }
  const value = parseJson(text);
  if (value === undefined) return refused("it is not valid JSON");
  if (!isObject(value)) return refused("it must hold one JSON object");
  return { ok: true, value };
}

/** Undefined when it is no JSON. The parser's own message would repeat a piece of the text, perhaps of a secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const NUMBERS: readonly KeyName[] = ["port", "device_check_seconds"];

/** A file does not name another file. */
const FILE_KEYS: readonly string[] = KEY_NAMES.filter((name) => name !== "config");

function unknownKeys(value: Readonly<Record<string, unknown>>, path: string): ConfigProblem[] {
  return Object.keys(value).filter((key) => !FILE_KEYS.includes(key)).map((key) => ({
    key,
    message: `Cannot use "${key}" in ${path}: no such key${hint(key, FILE_KEYS)}`,
  }));
}

/** The text form of a value; empty when not set, undefined when it is of a wrong type. */
function textOf(name: KeyName, value: unknown): string | undefined {
  if (name === "config" || value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (NUMBERS.includes(name) && typeof value === "number") return String(value);
  const texts = KEYS[name].list && Array.isArray(value) && value.every((item) => typeof item === "string");
  return texts ? value.join(",") : undefined;
}

function wrongType(name: KeyName, path: string): string {
  const wanted = NUMBERS.includes(name) ? "a number" : KEYS[name].list ? "a list of texts" : "a text";
  return `Cannot use "${name}" in ${path}: must be ${wanted}`;
}
