import type { Reader, Tx } from "./ports.ts";

/** Whether anything is recorded, and how long it is kept; null for without limit. */
export interface LogSettings {
  readonly enabled: boolean;
  readonly maxDays: number | null;
  readonly maxEntries: number | null;
}

interface SettingsRow {
  readonly enabled: number;
  readonly max_days: number | null;
  readonly max_entries: number | null;
}

export async function readSettings(sql: Reader): Promise<LogSettings> {
  const row = await sql.get<SettingsRow>("SELECT enabled, max_days, max_entries FROM activity_state WHERE id = 1");
  if (!row) throw new Error("Cannot read the settings of the activity log: their row is missing");
  return { enabled: row.enabled === 1, maxDays: row.max_days, maxEntries: row.max_entries };
}

export async function writeSettings(tx: Tx, { enabled, maxDays, maxEntries }: LogSettings): Promise<void> {
  await tx.run(
    "UPDATE activity_state SET enabled = ?, max_days = ?, max_entries = ? WHERE id = 1",
    [enabled ? 1 : 0, maxDays, maxEntries],
  );
}
