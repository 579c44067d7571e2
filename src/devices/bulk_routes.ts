import type { Log } from "../base/log.ts";
import type { Entities } from "../entities/service.ts";
import type { Route } from "../http/route.ts";
import { createBatch } from "../http/batch.ts";
import { batchRoutes } from "./batch_routes.ts";
import { createEditMany } from "./bulk_edit.ts";
import { bulkEditRoutes } from "./bulk_edit_routes.ts";
import { oneFieldRoutes } from "./one_field_routes.ts";
import type { Devices } from "./service.ts";

/** Shorter and wider ways to what can be done with one device: one field of its state, and many devices at once. */
export function bulkRoutes(
  { devices, entities, log }: {
    readonly devices: Pick<Devices, "statusOf" | "change">;
    readonly entities: Pick<Entities, "list" | "get" | "update">;
    readonly log: Pick<Log, "error">;
  },
): readonly Route[] {
  const batch = createBatch({ log });
  return [
    ...oneFieldRoutes(devices),
    ...batchRoutes({ devices, list: () => entities.list("device", {}), batch }),
    ...bulkEditRoutes(createEditMany({ entities, batch })),
  ];
}
