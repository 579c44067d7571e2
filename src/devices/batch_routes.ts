import type { StoredEntity } from "../entities/store.ts";
import { type Route, route } from "../http/route.ts";
import { type Batch, countsOf } from "../http/batch.ts";
import { CHANGED_STATES, KNOWN_STATES, KNOWN_STATUS, STATES_CHANGE, STATES_QUERY } from "./batch_schemas.ts";
import { type DeviceType, PROVIDERS } from "./providers.ts";
import type { Devices } from "./service.ts";

const common = { tag: "devices", path: "/api/v1/devices/states" } as const;
const STATUS_FIELDS = Object.keys(KNOWN_STATUS);

/** Many lights at once. */
export function batchRoutes(
  { devices, list, batch }: {
    readonly devices: Pick<Devices, "statusOf" | "change">;
    /** Every configured device, by name. */
    readonly list: () => Promise<readonly StoredEntity[]>;
    readonly batch: Batch;
  },
): readonly Route[] {
  const knownOf = ({ id, name }: StoredEntity) => {
    const status = devices.statusOf(id) ?? {};
    return {
      device_id: id,
      name,
      ...Object.fromEntries(STATUS_FIELDS.map((field) => [field, status[field] ?? null])),
    };
  };
  return [
    route({
      ...common,
      method: "GET",
      access: { who: "viewer" },
      summary: "Tell what is known of every device, or of some, without asking them",
      query: STATES_QUERY,
      answers: { 200: KNOWN_STATES },
      handle: async ({ query }) => {
        const wanted = query.ids && new Set(query.ids);
        const items = (await list()).filter(({ id }) => wanted?.has(id) ?? true).map(knownOf);
        return { status: 200, json: { items, total: items.length } };
      },
    }),
    route({
      ...common,
      method: "PUT",
      access: { who: "operator" },
      summary: "Switch, dim or colour many lights; answers for each what it shows then, or why it could not be done",
      body: STATES_CHANGE,
      answers: { 200: CHANGED_STATES },
      handle: async ({ body: { ids: given, ...change } }) => {
        const all = await list();
        const names = new Map(all.map(({ id, name }) => [id, name]));
        const ids = given ?? all.filter(isLit).map(({ id }) => id);
        const outcomes = await batch(ids, (id) => devices.change(id, change));
        const items = outcomes.map((outcome, index) => {
          const id = ids[index] ?? "";
          const item = { device_id: id, name: names.get(id) ?? null };
          return outcome.ok ? { ...item, ok: true, state: outcome.value } : { ...item, ...outcome };
        });
        return { status: 200, json: { items, ...countsOf(items) } };
      },
    }),
  ];
}

function isLit({ fields }: StoredEntity): boolean {
  // The device's own schema has seen these fields before they were stored.
  const { device_type, enabled } = fields as { readonly device_type: DeviceType; readonly enabled: boolean };
  return enabled && PROVIDERS[device_type].capabilities.includes("power");
}
