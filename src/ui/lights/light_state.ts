import type { LightState } from "../base/messages.ts";

/** What a person can change at a light. `brightness` above 0, up to 1; `color` as `#rrggbb`. */
export interface LightChange {
  readonly on?: boolean;
  readonly brightness?: number;
  readonly color?: string;
}

export type LightField = keyof LightChange;
export const LIGHT_FIELDS = ["on", "brightness", "color"] as const satisfies readonly LightField[];

/** Of a light that has not told yet. */
export const UNTOLD: LightState = { on: false, brightness: 1, color: null, preset: null };

/** Controllers round to 1/255. */
const ROUNDING = 0.004;

/** Whether both say the same, as far as a controller is exact. */
export function sameValue(a: LightState[LightField] | undefined, b: LightState[LightField] | undefined): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) < ROUNDING;
  return a === b;
}

export const sameLight = (a: LightState, b: LightState): boolean =>
  LIGHT_FIELDS.every((field) => sameValue(a[field], b[field]));

/** The slider's step for a brightness: 1..100. */
export const stepOf = (brightness: number): number => Math.min(100, Math.max(1, Math.round(brightness * 100)));
