import { z } from "zod";
import type { LightChange, LightState } from "./light_state.ts";

/** The fields that mean something here. Everything else in a controller's answer varies by version. */
const STATE = z.object({
  on: z.boolean(),
  bri: z.int().min(0).max(255),
  ps: z.int(),
  pl: z.int().catch(-1),
  mainseg: z.int().catch(0),
  seg: z.array(z.unknown()),
});
const SEGMENT = z.object({ id: z.int(), start: z.int().catch(0), stop: z.int().catch(1), col: z.array(z.unknown()) });
const CHANNEL = z.int().min(0).max(255);
/** Red, green, blue; white follows on some strips. */
const COLOR = z.tuple([CHANNEL, CHANNEL, CHANNEL]).rest(z.unknown());

export interface WledState {
  readonly light: LightState;
  /** A playlist is chosen like a preset, and then shows presets of its own. */
  readonly playlist: number;
}

/** More than any controller has. */
const MOST_SEGMENTS = 64;

/** Undefined when this is not what a WLED controller answers. */
export function parseWledState(json: unknown): WledState | undefined {
  const parsed = STATE.safeParse(json);
  if (!parsed.success) return undefined;
  const { on, bri, ps, pl, mainseg, seg } = parsed.data;
  return {
    light: {
      on,
      brightness: Math.round(bri / 255 * 1000) / 1000,
      color: mainColor(seg, mainseg),
      preset: ps >= 1 ? ps : null,
    },
    playlist: pl,
  };
}

/** Of the main segment, or of the first that has a length. */
function mainColor(all: readonly unknown[], main: number): string | null {
  const segments = all.slice(0, MOST_SEGMENTS).flatMap((each) => {
    const { success, data } = SEGMENT.safeParse(each);
    return success ? [data] : [];
  });
  const segment = segments.find(({ id }) => id === main) ?? segments.find(({ start, stop }) => stop > start);
  const { success, data } = COLOR.safeParse(segment?.col[0]);
  if (!success) return null;
  return "#" + data.slice(0, 3).map((channel) => Number(channel).toString(16).padStart(2, "0")).join("");
}

/** A change as WLED takes it, presets apart. A colour without a segment's id goes to all that are selected. */
export function wledChange({ on, brightness, color }: LightChange): Readonly<Record<string, unknown>> {
  return {
    ...(on === undefined ? {} : { on }),
    ...(brightness === undefined ? {} : { bri: Math.max(1, Math.round(brightness * 255)) }),
    ...(color === undefined ? {} : { seg: { col: [channelsOf(color)] } }),
  };
}

const channelsOf = (color: string): readonly number[] => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
