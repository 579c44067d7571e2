import type { Filter } from "./filter.ts";

export interface Preset {
  readonly label: string;
  readonly filter: Filter;
}

/** Where most look first, one press each. */
export const presets = (now: Date): readonly Preset[] => [
  { label: "Today", filter: { since: startOfDay(now).toISOString() } },
  { label: "Errors", filter: { severities: ["warning", "error"] } },
  { label: "Auth", filter: { categories: ["auth"] } },
  { label: "Devices", filter: { categories: ["device"] } },
];

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate());

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day of this device's zone, as a date input gives it, as the instant at which it begins or ends. */
export function boundOfDay(day: string, end: "first" | "last"): string | undefined {
  const [, year, month, date] = DAY.exec(day) ?? [];
  if (year === undefined) return undefined;
  const at = end === "first" ? [0, 0, 0, 0] as const : [23, 59, 59, 999] as const;
  const instant = new Date(Number(year), Number(month) - 1, Number(date), ...at);
  if (Number.isNaN(instant.getTime())) return undefined;
  const bound = instant.toISOString();
  // At the ends of the calendar the zone may lead out of the years that the log knows.
  return bound.length === 24 ? bound : undefined;
}

const AROUND_MS = 5 * 60_000;

/** Everything that happened five minutes before and after. */
export const around = (ts: string): Filter => ({
  since: new Date(Date.parse(ts) - AROUND_MS).toISOString(),
  until: new Date(Date.parse(ts) + AROUND_MS).toISOString(),
});
