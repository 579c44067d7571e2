import { stat } from "node:fs/promises";
import type { BackupTools } from "../backups/tools.ts";
import type { Migration } from "../sql/migrations.ts";
import type { DatabasePlace } from "./database.ts";
import { isDiskFull } from "./disk_full.ts";
import { inspectDatabase } from "./inspect_database.ts";
import { pack, unpack } from "./packed_file.ts";
import { snapshotDatabase } from "./snapshot.ts";

/** The tools for the database of this place. */
export function createBackupTools(place: DatabasePlace, migrations: readonly Migration[]): BackupTools {
  const live = place.kind === "file" ? place.path : undefined;
  return {
    snapshot: live === undefined ? null : (to, signal) => snapshotDatabase(live, to, signal),
    liveBytes: async () => live === undefined ? 0 : (await stat(live)).size,
    inspect: (path, signal) => inspectDatabase(path, migrations, signal),
    pack,
    unpack,
    isDiskFull,
  };
}
