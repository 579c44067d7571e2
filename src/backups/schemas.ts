import { z } from "zod";
import type { AutoBackup } from "./automatic.ts";
import { BACKUP_KINDS } from "./names.ts";
import type { Backup } from "./shelf.ts";

/** Media types of what is sent and taken: a gzip file with a database in it, or the database as it is. */
export const PACKED = "application/gzip";
export const PLAIN = "application/vnd.sqlite3";
export const UPLOADS = [PACKED, "application/octet-stream", PLAIN];

/** What is no name of ours is nowhere; the service looks. */
export const NAME = z.object({ filename: z.string() });

export const FILE = z.string().describe("The file itself");

export const BACKUP = z.object({
  filename: z.string(),
  size: z.int().describe("Bytes of the file"),
  created_at: z.iso.datetime(),
  kind: z.enum(BACKUP_KINDS).describe("`safety`: what was there before a restore"),
});

export const BACKUPS = z.object({ items: z.array(BACKUP).describe("Newest first"), total: z.int() });

export const SETTINGS = z.object({
  enabled: z.boolean().describe("Whether backups are made by themselves"),
  interval_hours: z.int().min(1).max(8760).describe("Hours from one to the next"),
  max_backups: z.int().min(1).max(1000).describe("How many of these stay; looked at when the next one is made"),
});

export const SETTINGS_CHANGE = z.strictObject(SETTINGS.shape).partial();

export const backupJson = ({ filename, size, createdAt, kind }: Backup): z.input<typeof BACKUP> => ({
  filename,
  size,
  created_at: new Date(createdAt).toISOString(),
  kind,
});

export const settingsJson = ({ enabled, interval_hours, max_backups }: AutoBackup): z.input<typeof SETTINGS> => ({
  enabled,
  interval_hours,
  max_backups,
});
