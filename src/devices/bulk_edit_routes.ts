import { type Route, route } from "../http/route.ts";
import { countsOf } from "../http/batch.ts";
import type { EditMany } from "./bulk_edit.ts";
import { BULK_EDIT, BULK_EDITED } from "./bulk_edit_schemas.ts";

/** Many devices changed by one request, each with its own entry. */
export function bulkEditRoutes(editMany: EditMany): readonly Route[] {
  return [
    route({
      tag: "devices",
      method: "POST",
      path: "/api/v1/devices/bulk-edit",
      access: { who: "operator" },
      summary: "Change the same fields of many devices, add and remove tags; answers for each what became of it",
      body: BULK_EDIT,
      answers: { 200: BULK_EDITED },
      handle: async ({ body: { ids, ...edit } }) => {
        const items = await editMany(ids, edit);
        return { status: 200, json: { items, ...countsOf(items) } };
      },
    }),
  ];
}
