import { count } from "../../base/format.ts";
import type { LogSettings } from "../../activity/log_settings.ts";

/** A limit as somebody types it; `text` is kept while there is none. */
export interface LimitDraft {
  readonly limited: boolean;
  readonly text: string;
}

export interface LogDraft {
  readonly enabled: boolean;
  readonly days: LimitDraft;
  readonly entries: LimitDraft;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Proposed to whoever wants a limit where there was none. */
  readonly usual: number;
}

export const DAYS: Bounds = { least: 1, most: 3650, usual: 90 };
export const ENTRIES: Bounds = { least: 100, most: 10_000_000, usual: 20_000 };

const limitOf = (value: number | null, { usual }: Bounds): LimitDraft => ({
  limited: value !== null,
  text: String(value ?? usual),
});

export const draftOf = ({ enabled, max_days, max_entries }: LogSettings): LogDraft => ({
  enabled,
  days: limitOf(max_days, DAYS),
  entries: limitOf(max_entries, ENTRIES),
});

/** Digits, also in groups of three with one and the same sign between them. */
const NUMBER = /^(?:\d{1,9}|\d{1,3}(?:([,'’\s])\d{3})(?:\1\d{3})*)$/;

/** The value that a limit means: null where there is none, NaN where that is no number. */
export function limitValue({ limited, text }: LimitDraft): number | null {
  if (!limited) return null;
  const typed = text.trim();
  return NUMBER.test(typed) ? Number(typed.replace(/\D/g, "")) : NaN;
}

/** What is wrong with a limit, before the server is asked; undefined when nothing is. */
export function limitProblem(limit: LimitDraft, { least, most }: Bounds): string | undefined {
  const value = limitValue(limit);
  const fits = value === null || (value >= least && value <= most);
  return fits ? undefined : `A whole number from ${count(least)} to ${count(most)}.`;
}

/** The settings that a draft means; undefined while something is wrong with it. */
export function settingsOf({ enabled, days, entries }: LogDraft): LogSettings | undefined {
  if (limitProblem(days, DAYS) !== undefined || limitProblem(entries, ENTRIES) !== undefined) return undefined;
  return { enabled, max_days: limitValue(days), max_entries: limitValue(entries) };
}

/** What the settings mean, in one sentence. */
export function meaningOf({ enabled, max_days, max_entries }: LogSettings): string {
  if (!enabled) return "Nothing is put on record, except what is done to the log itself.";
  const reasons = [
    ...(max_days === null ? [] : [`older than ${count(max_days)} ${max_days === 1 ? "day" : "days"}`]),
    ...(max_entries === null ? [] : [`more than ${count(max_entries)} newer ones are there`]),
  ];
  const [one, other] = reasons;
  if (one === undefined) return "Every entry is kept until somebody clears the log.";
  if (other !== undefined) return `An entry goes once it is ${one}, or once ${other}.`;
  return max_days === null ? `An entry goes once ${one}.` : `An entry goes once it is ${one}.`;
}
