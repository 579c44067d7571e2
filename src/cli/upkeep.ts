import { join } from "node:path";
import type { BackupSetup } from "../backups/setup.ts";
import type { Config } from "../config.ts";
import { createBackupFolder } from "../runtime/backup_folder.ts";
import { createBackupTools } from "../runtime/backup_tools.ts";
import type { DatabasePlace } from "../runtime/database.ts";
import { isDiskFull } from "../runtime/disk_full.ts";
import { programRoot, readMigrations } from "../runtime/program_files.ts";
import { readyCopy } from "../runtime/restore_copy.ts";
import { exchangeBetween } from "../runtime/restore_exchange.ts";
import { createReleaseHttp } from "../runtime/update_http.ts";
import { createProgramFile } from "../runtime/update_program.ts";
import type { UpdateSetup } from "../updates/support.ts";
import type { Edge } from "./edge.ts";
import { placeOf } from "./open_database.ts";

/** Backups are in a folder of the data directory. */
export const backupsOf = (config: Config, dataDir: string, now: () => number): BackupSetup =>
  backupSetup(placeOf(config), join(dataDir, "backups"), now);

/** Backups of the database at this place, in this folder. */
export function backupSetup(place: DatabasePlace, folder: string, now: () => number): BackupSetup {
  const migrations = readMigrations(programRoot());
  return {
    folder: createBackupFolder(folder),
    tools: createBackupTools(place, migrations),
    restoring: {
      readyCopy: (path, look) => readyCopy(path, { migrations, now }, look),
      exchange: exchangeBetween,
      isDiskFull,
    },
  };
}

/** Only a program that is one file can be exchanged for another. */
export function updatesOf(
  { edge, config, dataDir }: { readonly edge: Edge; readonly config: Config; readonly dataDir: string },
): UpdateSetup {
  const { binary, env } = edge;
  return {
    ...config.update,
    program: binary === null ? null : createProgramFile({ binary, dataDir, env }),
    http: createReleaseHttp(),
  };
}
