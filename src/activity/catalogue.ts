import { logActions, mergeActions } from "../audit/mod.ts";
import { authActions } from "../auth/actions.ts";
import { deviceActions } from "../devices/actions.ts";
import { entityActions } from "../entities/actions.ts";
import { serverActions } from "../server/actions.ts";

/** Every action that is ever recorded: documentation, labels and tests come from here. */
export const CATALOGUE = mergeActions(logActions, entityActions, authActions, deviceActions, serverActions);

export type ActionName = keyof typeof CATALOGUE;
