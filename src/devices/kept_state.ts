import type { LightChange, LightState } from "./light_state.ts";

/** What a light shows that nobody has switched yet. */
export const OFF: LightState = { on: false, brightness: 1, color: "#ffffff", preset: null };

const LEAST = 0.001;
const rounded = (brightness: number): number => Math.max(LEAST, Math.round(brightness * 1000) / 1000);

/** What a light shows after a change, where this server is the one that knows. Setting the brightness switches it on. */
export function changedState(before: LightState, { on, brightness, color }: LightChange): LightState {
  return {
    on: on ?? (brightness === undefined ? before.on : true),
    brightness: brightness === undefined ? before.brightness : rounded(brightness),
    color: color ?? before.color,
    preset: null,
  };
}
