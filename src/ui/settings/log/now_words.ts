import type { LogSettings } from "../../activity/log_settings.ts";
import { count, entriesWords } from "../../base/format.ts";
import type { LogDraft } from "./log_draft.ts";

const VALUES: Readonly<Record<keyof LogDraft, (settings: LogSettings) => string>> = {
  enabled: ({ enabled }) => enabled ? "on" : "off",
  days: ({ max_days }) => max_days === null ? "no limit" : `${count(max_days)} ${max_days === 1 ? "day" : "days"}`,
  entries: ({ max_entries }) => max_entries === null ? "no limit" : entriesWords(max_entries),
};

/** Says what somebody else made of a field that is edited here. */
export const nowWords = (name: keyof LogDraft, settings: LogSettings): string =>
  `Changed meanwhile by somebody else: now ${VALUES[name](settings)}.`;
