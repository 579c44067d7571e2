import { solidPixels } from "./solid_pixels.ts";
import type { WledState } from "./state.ts";

const RESET = "\x1b[0m";
const MOST_RUNS = 6;

/** Coloured blocks for a terminal that knows 24-bit colours: one an LED, or `columns` picked evenly from more. */
export function drawStrip(pixels: Uint8Array, columns: number): string {
  const count = pixels.length / 3;
  const width = Math.max(1, Math.min(columns, count));
  const blocks = Array.from({ length: width }, (_, column) => {
    const at = Math.floor(column * count / width) * 3;
    return `\x1b[48;2;${pixels.subarray(at, at + 3).join(";")}m `;
  });
  return blocks.join("") + RESET;
}

const hexOf = (pixels: Uint8Array, at: number) =>
  `#${Array.from(pixels.subarray(at, at + 3), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** Neighbours of one colour together: `#ff8800 × 60`. */
export function describePixels(pixels: Uint8Array): string {
  const runs: { readonly color: string; readonly count: number }[] = [];
  for (let at = 0; at < pixels.length; at += 3) {
    const color = hexOf(pixels, at);
    const last = runs.at(-1);
    if (last?.color === color) runs[runs.length - 1] = { color, count: last.count + 1 };
    else runs.push({ color, count: 1 });
  }
  const said = runs.slice(0, MOST_RUNS).map(({ color, count }) => `${color} × ${count}`).join(", ");
  return runs.length > MOST_RUNS ? `${said}, …` : said;
}

/** The colours before they are dimmed, and how bright: `#ff8800 × 60, on, 50 %`. */
export function describeState(state: WledState, ledCount: number): string {
  const colors = describePixels(solidPixels({ ...state, on: true, bri: 255 }, ledCount));
  return `${colors}, ${state.on ? "on" : "off"}, ${Math.round(state.bri / 2.55)} %`;
}

/** Text from outside, without what a terminal would act on. */
export const plainText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
