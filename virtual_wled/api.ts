import { type About, aboutText } from "./about.ts";
import { EFFECTS, PALETTES } from "./catalogues.ts";
import type { Light } from "./light.ts";
import { PRESETS } from "./presets.ts";
import type { WledState } from "./state.ts";
import { type Fields, isFields, mergeFields } from "./values.ts";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** WLED's HTTP JSON API, without the HTTP. */
export interface Api {
  /** Undefined for a path that a controller does not know. */
  get(path: string): Answer | undefined;
  /** Applies a partial state, or partial settings. Undefined where nothing can be posted. */
  post(path: string, body: Uint8Array): Answer | undefined;
}

export interface ApiDeps {
  readonly light: Light;
  readonly about: () => About;
  /** The settings file as it begins. */
  readonly settings: Fields;
}

const NOT_JSON = 9;
const EFFECTS_TEXT = JSON.stringify(EFFECTS);
const PALETTES_TEXT = JSON.stringify(PALETTES);
const PRESETS_TEXT = JSON.stringify(PRESETS);

export const json = (body: string, status = 200): Answer => ({ status, type: "application/json", body });

/** Undefined unless it is the text of a JSON object. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes the state again only when it is another one: it is asked for far more often than changed. */
function createStateText(state: () => WledState): () => string {
  let written: { readonly of: WledState; readonly text: string } | undefined;
  return () => {
    if (written?.of !== state()) written = { of: state(), text: JSON.stringify(state()) };
    return written.text;
  };
}

function ledsText(pixels: Uint8Array): string {
  const leds = Array.from(
    { length: pixels.length / 3 },
    (_, led) =>
      Array.from(pixels.subarray(led * 3, led * 3 + 3), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
  return JSON.stringify({ leds, n: 1 });
}

export function createApi({ light, about, settings }: ApiDeps): Api {
  const stateText = createStateText(light.state);
  const infoText = () => aboutText(about());
  const siText = () => `{"state":${stateText()},"info":${infoText()}}`;
  const allText = () => `${siText().slice(0, -1)},"effects":${EFFECTS_TEXT},"palettes":${PALETTES_TEXT}}`;
  let settingsText = JSON.stringify(settings);
  let kept = settings;
  const keep = (partial: Fields) => {
    kept = mergeFields(kept, partial);
    settingsText = JSON.stringify(kept);
  };
  const texts = new Map<string, () => string>([
    ["/json", allText],
    ["/json/state", stateText],
    ["/json/info", infoText],
    ["/json/si", siText],
    ["/json/eff", () => EFFECTS_TEXT],
    ["/json/pal", () => PALETTES_TEXT],
    ["/json/cfg", () => settingsText],
    ["/json/live", () => ledsText(light.pixels())],
    ["/cfg.json", () => settingsText],
    ["/presets.json", () => PRESETS_TEXT],
  ]);
  const get: Api["get"] = (path) => {
    const text = texts.get(path);
    return text && json(text());
  };
  const posted: readonly string[] = ["/json", "/json/state", "/json/si", "/json/cfg"];
  return {
    get,
    post(path, body) {
      if (!posted.includes(path)) return undefined;
      const partial = parse(body);
      if (!isFields(partial)) return json(JSON.stringify({ error: NOT_JSON }), 400);
      if (path === "/json/cfg") keep(partial);
      else light.apply(partial);
      return partial["v"] === true ? get(path) : json(`{"success":true}`);
    },
  };
}
