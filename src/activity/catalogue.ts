import { adbActions } from "../adb/actions.ts";
import { logActions, mergeActions } from "../audit/mod.ts";
import { authActions } from "../auth/actions.ts";
import { backupActions } from "../backups/actions.ts";
import { configActions } from "../config_history/actions.ts";
import { deviceActions } from "../devices/actions.ts";
import { discoveryActions } from "../discovery/actions.ts";
import { entityActions } from "../entities/actions.ts";
import { serverActions } from "../server/actions.ts";
import { settingActions } from "../settings/actions.ts";
import { updateActions } from "../updates/actions.ts";

/** Every action that is ever recorded: documentation, labels and tests come from here. */
export const CATALOGUE = mergeActions(
  logActions,
  entityActions,
  authActions,
  deviceActions,
  discoveryActions,
  adbActions,
  configActions,
  serverActions,
  settingActions,
  backupActions,
  updateActions,
);

export type ActionName = keyof typeof CATALOGUE;
