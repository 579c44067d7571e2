import type { LogSettings } from "../../activity/log_settings.ts";
import { type LimitDraft, limitValue, type LogDraft, settingsOf } from "./log_draft.ts";

/** What somebody made of a field. */
export interface Edit<Field> {
  readonly draft: Field;
  /** The field when this began. */
  readonly began: Field;
}

/** The fields that were edited. All others are as the server has them. */
export type LogEdits = { readonly [Name in keyof LogDraft]?: Edit<LogDraft[Name]> };

const NAMES = ["enabled", "days", "entries"] as const satisfies readonly (keyof LogDraft)[];

const meant = (field: boolean | LimitDraft) => typeof field === "boolean" ? field : limitValue(field);
const same = (one: boolean | LimitDraft, other: boolean | LimitDraft) => Object.is(meant(one), meant(other));

/** What the form shows: what was edited, and the settings as they are `now`. */
export const shownOf = (edits: LogEdits, now: LogDraft): LogDraft => ({
  enabled: edits.enabled?.draft ?? now.enabled,
  days: edits.days?.draft ?? now.days,
  entries: edits.entries?.draft ?? now.entries,
});

const without = (edits: LogEdits, gone: (name: keyof LogDraft) => boolean): LogEdits => ({
  ...(edits.enabled === undefined || gone("enabled") ? {} : { enabled: edits.enabled }),
  ...(edits.days === undefined || gone("days") ? {} : { days: edits.days }),
  ...(edits.entries === undefined || gone("entries") ? {} : { entries: edits.entries }),
});

/** After somebody typed or chose; a field that reads as it did is not edited any more. */
export function edited<Name extends keyof LogDraft>(
  edits: LogEdits,
  name: Name,
  draft: LogDraft[Name],
  now: LogDraft,
): LogEdits {
  const rest = without(edits, (each) => each === name);
  if (JSON.stringify(draft) === JSON.stringify(now[name])) return rest;
  return { ...rest, [name]: { draft, began: edits[name]?.began ?? now[name] } };
}

/** After the settings went from `before` to `now`: what means no more than either of them follows. */
export const followed = (edits: LogEdits, before: LogDraft, now: LogDraft): LogEdits =>
  without(edits, (name) => {
    const edit = edits[name];
    return edit !== undefined && (same(edit.draft, before[name]) || same(edit.draft, now[name]));
  });

/** After `sent` was saved: only what was edited since is still an edit, and of what was saved. */
export function settled(edits: LogEdits, sent: LogEdits, now: LogDraft): LogEdits {
  const rest = without(edits, (name) => edits[name] === sent[name]);
  return {
    ...(rest.enabled && { enabled: { ...rest.enabled, began: now.enabled } }),
    ...(rest.days && { days: { ...rest.days, began: now.days } }),
    ...(rest.entries && { entries: { ...rest.entries, began: now.entries } }),
  };
}

/** Whether somebody else changed a field to something else while it was edited here. */
export function isContested(edits: LogEdits, name: keyof LogDraft, now: LogDraft): boolean {
  const edit = edits[name];
  return edit !== undefined && !same(edit.began, now[name]) && !same(edit.draft, now[name]);
}

const KEYS = { enabled: "enabled", days: "max_days", entries: "max_entries" } as const;

/** What has to be sent: edited, and otherwise than it is; undefined while something is wrong with it. */
export function changeOf(edits: LogEdits, now: LogDraft): Partial<LogSettings> | undefined {
  const wanted = settingsOf(shownOf(edits, now));
  if (wanted === undefined) return undefined;
  const names = NAMES.filter((name) => edits[name] !== undefined && !same(edits[name].draft, now[name]));
  return Object.fromEntries(names.map((name) => [KEYS[name], wanted[KEYS[name]]]));
}

export const isNothing = (change: Partial<LogSettings>): boolean => Object.keys(change).length === 0;
