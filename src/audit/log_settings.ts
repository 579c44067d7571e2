import { logActions } from "./actions.ts";
import { bindActions } from "./catalogue.ts";
import { type LogSettings, readSettings, writeSettings } from "./log_settings_sql.ts";
import type { Reader } from "./ports.ts";
import type { Recorder } from "./recorder_types.ts";

export type { LogSettings };

/** The log's own settings. They are rows of the database, so that they hold also after a restart. */
export interface LogSettingsStore {
  read(): Promise<LogSettings>;
  /** Changes what is given and puts it on record; `changed` is false when it was so already. */
  change(wanted: Partial<LogSettings>): Promise<{ readonly settings: LogSettings; readonly changed: boolean }>;
  /** As they were last read or changed here. */
  current(): LogSettings;
}

/** Rejects when the database does not answer. */
export async function createLogSettings(deps: { sql: Reader; recorder: Recorder }): Promise<LogSettingsStore> {
  const { sql, recorder } = deps;
  const log = bindActions(recorder, logActions);
  let current = await readSettings(sql);

  const change = async (wanted: Partial<LogSettings>) => {
    const outcome = await recorder.change(async (tx) => {
      const before = await readSettings(tx);
      const settings = { ...before, ...wanted };
      const { enabled, maxDays, maxEntries } = settings;
      const limitsChange = maxDays !== before.maxDays || maxEntries !== before.maxEntries;
      const switched = enabled !== before.enabled;
      if (!limitsChange && !switched) return { settings, changed: false };
      await writeSettings(tx, settings);
      if (limitsChange) {
        const metadata = { max_days: maxDays, max_entries: maxEntries };
        log.recordIn(tx, "activity_log.retention_changed", { metadata });
      }
      if (switched) log.recordIn(tx, enabled ? "activity_log.enabled" : "activity_log.disabled");
      return { settings, changed: true };
    });
    current = outcome.settings;
    return outcome;
  };

  return {
    read: async () => current = await readSettings(sql),
    change,
    current: () => current,
  };
}
