import { actionsRoutes } from "../activity/actions_routes.ts";
import { CATALOGUE } from "../activity/catalogue.ts";
import { createDownload, type Order } from "../activity/download.ts";
import { exportRoutes } from "../activity/export_routes.ts";
import { activityRoutes } from "../activity/routes.ts";
import type { ReadFilter } from "../activity/schemas.ts";
import { tallyRoutes } from "../activity/tally_routes.ts";
import { createTickets } from "../activity/tickets.ts";
import { upkeepRoutes } from "../activity/upkeep_routes.ts";
import type { Route } from "../http/route.ts";
import type { Core } from "./core.ts";
import type { Host } from "./host.ts";

/** The activity log as callers use it, and its upkeep. */
export interface ActivityLog {
  readonly routes: readonly Route[];
  start(signal: AbortSignal): void;
}

/** Hourly, at a minute of its own: on the hour everything else runs. */
const RETENTION_PATTERN = "17 * * * *";
const FIRST_RETENTION_MS = 5000;

export function createActivityLog(
  { audit, context, clock, turn, entropy, log, newId }: Core,
  { schedule }: Pick<Host, "schedule">,
  { readFilter, stands }: {
    readonly readFilter: ReadFilter;
    /** Whether the key of this label may still be used. */
    readonly stands: (label: string) => boolean;
  },
): ActivityLog {
  const { query, exports, settings, clear, retention } = audit;
  /** Never rejects: what could not be removed is the next run's. */
  const retain = () =>
    context.runAsSystem(async () => {
      await retention.run();
      const error = retention.lastError();
      if (error !== undefined) log.error("Old entries could not be removed", { error: String(error) });
    });
  const retainBehind = () => void retain();
  return {
    routes: [
      ...activityRoutes({ query, readFilter }),
      ...actionsRoutes(CATALOGUE),
      ...tallyRoutes({ query, readFilter }),
      ...exportRoutes({
        exports,
        download: createDownload({ exports, readFilter, clock }),
        tickets: createTickets<Order>({ clock, entropy }),
        newId,
        stands,
      }),
      ...upkeepRoutes({ settings, clear, retain, retainBehind, turn }),
    ],
    start: (signal) => {
      audit.start(signal);
      if (schedule === undefined) return;
      turn.delay(retainBehind, FIRST_RETENTION_MS);
      schedule(RETENTION_PATTERN, retain, signal);
    },
  };
}
