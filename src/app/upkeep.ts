import { bindActions } from "../audit/mod.ts";
import { AUTO_BACKUP_DEFAULTS } from "../backups/automatic.ts";
import { createRestorer } from "../backups/restore.ts";
import { restoreRoutes } from "../backups/restore_routes.ts";
import { backupRoutes } from "../backups/routes.ts";
import { type Backups, createBackups } from "../backups/service.ts";
import type { BackupTools } from "../backups/tools.ts";
import type { Route } from "../http/route.ts";
import { serverActions } from "../server/actions.ts";
import { openSetting } from "../settings/service.ts";
import { updateRoutes } from "../updates/routes.ts";
import { DEFAULT_UPDATE_SETTINGS } from "../updates/schemas.ts";
import { openUpdates } from "../updates/service.ts";
import { VERSION } from "../version.ts";
import type { Core } from "./core.ts";
import type { Host } from "./host.ts";
import { findUnusable } from "./restorable.ts";

/** Backups of the database, and new versions of the program. */
export interface Upkeep {
  readonly routes: readonly Route[];
  start(signal: AbortSignal): Promise<void>;
  /** Cuts what is under way and waits for its end. */
  stop(): Promise<void>;
}

/** Rejects when the database does not answer. */
export async function createUpkeep(
  core: Core,
  { control, backups: setup, updates: updateSetup }: Host,
): Promise<Upkeep> {
  const backups = createBackups({
    ...core,
    folder: setup.folder,
    tools: setup.tools,
    settings: await openSetting(core, "auto_backup", AUTO_BACKUP_DEFAULTS),
    head: core.audit.head,
  });
  const restorer = createRestorer({
    ...core,
    control,
    backups,
    tools: setup.restoring,
    findUnusable,
    actor: () => core.context.current().actor,
  });
  const server = bindActions(core.recorder, serverActions);
  const updates = await openUpdates({
    ...core,
    control,
    version: VERSION,
    settings: await openSetting(core, "update", DEFAULT_UPDATE_SETTINGS),
    setup: updateSetup,
    recordRestart: (tx) => server.recordIn(tx, "server.restarting"),
    beforeApply: () => copyOf(backups, setup.tools),
  });
  return {
    routes: [...backupRoutes(backups), ...restoreRoutes(restorer), ...updateRoutes(updates)],
    start: async (signal) => {
      await backups.start(signal);
      await updates.start(signal);
    },
    stop: async () => void await Promise.all([backups.stop(), updates.stop()]),
  };
}

/** The path of a fresh copy of the database; null when that is no file. */
async function copyOf(backups: Backups, { snapshot }: BackupTools): Promise<string | null> {
  if (snapshot === null) return null;
  const { filename } = await backups.keepCopy();
  return await backups.path(filename);
}
