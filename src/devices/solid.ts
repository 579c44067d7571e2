import type { LightState } from "./light_state.ts";

const channelsOf = (color: string): readonly number[] => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

/** The weakest brightness is still light. */
const dimmed = (channel: number, brightness: number): number =>
  channel === 0 ? 0 : Math.max(1, Math.round(channel * brightness));

/** A frame that shows this state on every LED. */
export function solidFrame({ on, brightness, color }: LightState, ledCount: number): Uint8Array {
  const channels = on && color !== null ? channelsOf(color).map((channel) => dimmed(channel, brightness)) : [0, 0, 0];
  return new Uint8Array(ledCount * 3).map((_, index) => channels[index % 3] ?? 0);
}
