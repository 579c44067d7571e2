import { createAuditEngine } from "../audit/mod.ts";
import { AUTO_BACKUP_DEFAULTS } from "../backups/automatic.ts";
import { type Backup, createBackups } from "../backups/service.ts";
import { createActorContext } from "../base/context.ts";
import { Refusal } from "../base/errors.ts";
import { createLog } from "../base/log.ts";
import type { Config } from "../config.ts";
import { backupsFolder, createBackupFolder } from "../runtime/backup_folder.ts";
import { createBackupTools } from "../runtime/backup_tools.ts";
import { systemPorts } from "../runtime/ports.ts";
import { programRoot, readMigrations } from "../runtime/program_files.ts";
import { openSetting } from "../settings/service.ts";
import type { BackupAccess, ShownBackup } from "./backup_access.ts";
import { holdConfigured } from "./data_dir.ts";
import type { Edge } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import { openConfigured, placeOf } from "./open_database.ts";

/** Works with the backups of the data directory while no server runs on it; holds it meanwhile. */
export async function withDatabaseBackups(
  edge: Edge,
  config: Config,
  signal: AbortSignal,
  work: (backups: BackupAccess) => Promise<number>,
): Promise<number> {
  const ports = systemPorts();
  const dir = await holdConfigured(config);
  try {
    const sql = await openConfigured(config, ports);
    const context = createActorContext();
    const audit = await createAuditEngine({ ...ports, sql, scope: context.current });
    const folder = createBackupFolder(backupsFolder(dir.path));
    const backups = createBackups({
      ...ports,
      folder,
      tools: createBackupTools(placeOf(config), readMigrations(programRoot())),
      settings: await openSetting({ sql, recorder: audit.recorder }, "auto_backup", AUTO_BACKUP_DEFAULTS),
      recorder: audit.recorder,
      head: audit.head,
      context,
      log: createLog(config.logLevel, edge.writeError, ports.clock.now, config.logFormat),
    });
    // Whoever waits for the work hears of it: nothing else follows from a stop that fails.
    signal.addEventListener("abort", () => void backups.stop().catch(() => undefined), { once: true });
    try {
      await folder.prepare();
      return await work(accessTo(backups)).catch(explain);
    } finally {
      await backups.stop();
      await audit.stop();
      await sql.close();
    }
  } finally {
    dir.release();
  }
}

function accessTo(backups: ReturnType<typeof createBackups>): BackupAccess {
  return {
    create: async () => shown(await backups.make("manual")),
    list: async () => (await backups.list()).map(shown),
    download: async (filename) => (await backups.open(filename)).stream,
    restore: () =>
      Promise.reject(new Failure(EXIT.failure, "Cannot restore: start the server first, it does that itself")),
  };
}

const shown = ({ filename, kind, size, createdAt }: Backup): ShownBackup => ({
  filename,
  kind,
  size,
  created_at: new Date(createdAt).toISOString(),
});

function explain(error: unknown): never {
  throw error instanceof Refusal ? new Failure(EXIT.failure, error.message) : error;
}
