import type { BackupFolder } from "./folder.ts";
import type { RestoreTools } from "./restore.ts";
import type { BackupTools } from "./tools.ts";

/** What backups need of the world. */
export interface BackupSetup {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly restoring: RestoreTools;
}
