import type { WledColor } from "./state.ts";

/** A JSON object from outside: any field may be missing or of any type. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The partial laid over the whole, objects within objects too. */
export const mergeFields = (whole: Fields, partial: Fields): Fields =>
  Object.fromEntries([
    ...Object.entries(whole),
    ...Object.entries(partial).map(([key, value]) => {
      const before = Object.hasOwn(whole, key) ? whole[key] : undefined;
      return [key, isFields(before) && isFields(value) ? mergeFields(before, value) : value] as const;
    }),
  ]);

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, Math.trunc(value)));

/**
 * A number as controllers read it: `128`, `"128"`, or a step such as `"~10"` and `"~-10"`. What is outside the range is
 * brought into it; what is no number, or negative, changes nothing.
 */
export function numberOr(current: number, value: unknown, least = 0, most = 255): number {
  if (typeof value === "number") return value >= 0 ? clamp(value, least, most) : current;
  const [, step, digits] = typeof value === "string" ? /^(~?)(-?\d{1,9})$/.exec(value) ?? [] : [];
  if (digits === undefined) return current;
  return step === "~" ? clamp(current + Number(digits), least, most) : numberOr(current, Number(digits), least, most);
}

/** `true`, `false`, or a text that begins with t for the other way round. */
export function switchOr(current: boolean, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  return typeof value === "string" && value.startsWith("t") ? !current : current;
}

export const flagOr = (current: boolean, value: unknown): boolean => typeof value === "boolean" ? value : current;

function channelsOf(value: unknown): readonly number[] {
  if (typeof value === "string" && /^(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)) {
    return (value.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  }
  return Array.isArray(value) ? value.slice(0, 4).map((channel) => numberOr(0, channel)) : [];
}

/** `[r, g, b]` or `"RRGGBB"`, with white as a fourth if wanted; anything else changes nothing. */
export function colorOr(current: WledColor, value: unknown): WledColor {
  const channels = channelsOf(value);
  if (channels.length === 0) return current;
  const [red = 0, green = 0, blue = 0] = channels;
  return [red, green, blue];
}
