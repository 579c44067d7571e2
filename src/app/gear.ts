import { adbRoutes } from "../adb/routes.ts";
import { createAdb } from "../adb/service.ts";
import { groupOf, parseAddress } from "../auth/address.ts";
import type { OutsiderLimits } from "../base/throttle.ts";
import { configHistoryRoutes } from "../config_history/routes.ts";
import { createConfigHistory } from "../config_history/service.ts";
import { bulkRoutes } from "../devices/bulk_routes.ts";
import { createDeviceFiles } from "../devices/device_file.ts";
import { deviceEntity } from "../devices/entity.ts";
import { PROVIDERS } from "../devices/providers.ts";
import { deviceRoutes } from "../devices/routes.ts";
import { createDevices } from "../devices/service.ts";
import { createNeighbourhood } from "../discovery/neighbourhood.ts";
import type { EntityTypeName, Fields } from "../entities/definition.ts";
import { entityRoutes, presentEntity } from "../entities/routes.ts";
import { entitySchemas } from "../entities/schemas.ts";
import { createEntities } from "../entities/service.ts";
import { ENTITY_DEFINITIONS } from "../entity_types.ts";
import type { Route } from "../http/route.ts";
import type { CountedDevice, DeviceState } from "../metrics/families.ts";
import type { ShutdownAction } from "../server/system_routes.ts";
import type { Core } from "./core.ts";
import type { Host } from "./host.ts";

/** Everything that a person sets up, and the devices behind it: watched, found, reached and backed up. */
export interface Gear {
  readonly routes: readonly Route[];
  /** Rejects when the database does not answer. */
  countedDevices(): Promise<readonly CountedDevice[]>;
  start(signal: AbortSignal): Promise<void>;
  /**
   * Lets nothing new begin, records what is held back and waits for what is under way: some two seconds at most.
   * `stop_targets` puts out the lights that only hear, which show something as long as this server says so.
   */
  leave(lights: ShutdownAction): Promise<void>;
  /** After that: closes what is open to the network. */
  stop(): Promise<void>;
}

/** Who counts as one sender of packets. */
const groupOfText = (text: string): string => {
  const address = parseAddress(text);
  return address === undefined ? "unknown" : groupOf(address);
};

/** Device types by the service under which they show themselves. */
const DISCOVERED_BY: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(PROVIDERS).flatMap(([type, { service }]) => service === null ? [] : [[service, type]]),
);

function stateOf(enabled: boolean, online: unknown): DeviceState {
  if (!enabled) return "disabled";
  return typeof online === "boolean" ? (online ? "online" : "offline") : "unknown";
}

export async function createGear(core: Core, host: Host, limits: OutsiderLimits): Promise<Gear> {
  const { announce, log } = core;
  const { deviceHttp: http, deviceNetwork: network, outside } = host;
  const devices = createDevices({ ...core, http, network, checkMs: host.deviceCheckMs });
  const neighbourhood = createNeighbourhood({
    ...core,
    limits,
    resolve: outside.resolve,
    groupOf: groupOfText,
    services: DISCOVERED_BY,
    setup: host.discovery,
  });
  const configHistory = createConfigHistory({
    ...core,
    readFile: createDeviceFiles({ devices, http }),
    setup: host.configHistory,
  });
  const entities = createEntities({
    ...core,
    definitions: ENTITY_DEFINITIONS,
    outside,
    announce: (message, entity) => {
      announce(message);
      if (entity.type !== "device") return;
      for (const part of [devices, neighbourhood, configHistory]) part.entityChanged(message.change, entity);
    },
  });
  const adb = createAdb({ ...core, run: host.runAdb, serverPort: host.adbServerPort, resolve: outside.resolve });
  const configured = await entities.list("device", {});
  devices.load(configured);
  configHistory.load(configured);
  await neighbourhood.load(configured);
  const statusOf: Partial<Record<EntityTypeName, (id: string) => Fields | undefined>> = { device: devices.statusOf };
  return {
    routes: [
      ...Object.values(ENTITY_DEFINITIONS).flatMap((definition) =>
        entityRoutes(entities, definition, statusOf[definition.type])
      ),
      ...deviceRoutes(devices),
      ...bulkRoutes({ devices, entities, log }),
      ...neighbourhood.routes({
        entities,
        present: (device) => presentEntity(deviceEntity, device, devices.statusOf(device.id)),
        deviceSchema: entitySchemas(deviceEntity).entity,
      }),
      ...adbRoutes(adb),
      ...configHistoryRoutes(configHistory),
    ],
    countedDevices: async () => {
      const all = await entities.list("device", {});
      return all.map(({ id, fields }) => ({
        type: String(fields["device_type"]),
        state: stateOf(fields["enabled"] === true, devices.statusOf(id)?.["online"]),
      }));
    },
    start: async (signal) => {
      devices.start(signal);
      await configHistory.start(signal);
      neighbourhood.start();
    },
    leave: async (lights) =>
      void await Promise.all([
        devices.stop(lights === "leave" ? "as_it_is" : "dark"),
        adb.stop(),
        configHistory.stop(),
        neighbourhood.leave(),
      ]),
    stop: neighbourhood.stop,
  };
}
