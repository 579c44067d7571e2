import type { LightState } from "../base/messages.ts";

/** Of a light that tells no colour. */
const WHITE = "#ffffff";
/** A light at one percent is still a light. */
const FAINTEST = 0.16;
/** Half the power does not look half as bright. */
const EYE = 1 / 2.2;

const channels = (color: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
const hex = (channel: number): string => Math.round(channel).toString(16).padStart(2, "0");

export const isColor = (text: string | null): text is string => text !== null && /^#[0-9a-f]{6}$/i.test(text);

/** What the strip looks like, as `#rrggbb`; undefined while it is dark. */
export function litColor(state: LightState | null): string | undefined {
  if (state === null || !state.on) return undefined;
  const color = isColor(state.color) ? state.color : WHITE;
  const share = FAINTEST + (1 - FAINTEST) * Math.max(0, Math.min(1, state.brightness)) ** EYE;
  return `#${channels(color).map((channel) => hex(channel * share)).join("")}`;
}

/** What a colour control can show. */
export const pickable = (color: string | null): string => isColor(color) ? color.toLowerCase() : WHITE;
