import type { Fields } from "./values.ts";

export type Presets = Readonly<Record<string, Fields>>;

const whole = (color: readonly number[]): Fields => ({ id: 0, on: true, bri: 255, fx: 0, col: [color] });

/** The file that a controller keeps its presets in; 0 is always empty. */
export const PRESETS: Presets = {
  0: {},
  1: { n: "Warm evening", on: true, bri: 110, transition: 7, mainseg: 0, seg: [whole([255, 138, 48])] },
  2: { n: "Bright day", on: true, bri: 255, transition: 7, mainseg: 0, seg: [whole([255, 244, 229])] },
  3: { n: "Deep sea", on: true, bri: 150, transition: 20, mainseg: 0, seg: [whole([0, 72, 255])] },
  4: { n: "Night light", on: true, bri: 12, transition: 50, mainseg: 0, seg: [whole([255, 60, 10])] },
};

/** What preset `id` says, or undefined when there is none. */
export function findPreset(id: number): Fields | undefined {
  return id > 0 && Object.hasOwn(PRESETS, id) ? PRESETS[id] : undefined;
}
