import { type Device, isControllable } from "../device.ts";
import { bodyOf, type BulkDraft } from "./bulk_draft.ts";
import type { Work } from "./use_many.ts";

const idOf = ({ id }: Device) => id;

/** Changes how the devices are configured. */
export const changing = (devices: readonly Device[], draft: BulkDraft): Work<unknown> => ({
  ids: devices.map(idOf),
  size: 500,
  method: "POST",
  path: "/api/v1/devices/bulk-edit",
  body: bodyOf(draft),
});

/** Switches those of the devices that have light; one that does not answer keeps its request waiting. */
export const switching = (devices: readonly Device[], on: boolean): Work<unknown> => ({
  ids: devices.filter(isControllable).map(idOf),
  size: 50,
  method: "PUT",
  path: "/api/v1/devices/states",
  body: { on },
});
