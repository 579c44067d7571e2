import type { Reader } from "../audit/ports.ts";
import { findUnsoundKey } from "../auth/soundness.ts";
import { SETTINGS } from "../backups/schemas.ts";
import { findUnsoundEntity } from "../entities/soundness.ts";
import { ENTITY_DEFINITIONS } from "../entity_types.ts";
import { SHUTDOWN_ACTION } from "../server/system_routes.ts";
import { findUnsoundSetting } from "../settings/soundness.ts";
import { UPDATE_SETTINGS } from "../updates/schemas.ts";

/**
 * Whether a server could open on what people set up in this database, which has the present schema: each row is held against
 * what the API lets in. Otherwise it would be found out after the restore, by a server that does not start any more. Gives
 * what is wrong, a clause; undefined for nothing.
 */
export const findUnusable = async (copy: Reader): Promise<string | undefined> =>
  await findUnsoundEntity(copy, ENTITY_DEFINITIONS) ??
    await findUnsoundSetting(copy, {
      auto_backup: SETTINGS,
      update: UPDATE_SETTINGS,
      shutdown_action: SHUTDOWN_ACTION,
    }) ??
    await findUnsoundKey(copy);
