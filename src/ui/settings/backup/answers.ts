/** What the server answers about its backups. */

export type BackupKind = "manual" | "automatic" | "uploaded" | "safety";

export interface Backup {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly created_at: string;
  readonly kind: BackupKind;
}

export interface BackupList {
  /** Newest first. */
  readonly items: readonly Backup[];
  readonly total: number;
}

export interface Restored {
  readonly filename: string;
  /** How many entries of the log are newer than the backup and stayed. */
  readonly carried: number;
  /** Whether the log is the one that was there, or came with the backup. */
  readonly log: "kept" | "taken";
}

export interface AutoBackup {
  readonly enabled: boolean;
  readonly interval_hours: number;
  readonly max_backups: number;
}

export const BACKUPS = "/api/v1/backups";
export const backupPath = (filename: string): string => `${BACKUPS}/${encodeURIComponent(filename)}`;
/** Of much data, on a small machine, over a slow network. */
export const LONG_MS = 3_600_000;
