import type { StoredEntity } from "../entities/store.ts";
import type { DeviceType } from "./address.ts";
import type { LightDriver } from "./driver.ts";
import { type Health, UNKNOWN_HEALTH } from "./health.ts";
import type { LightChange, LightState } from "./light_state.ts";

/** A change whose outcome is not known: if it shows by then, it was this actor's. */
export interface Claim {
  readonly actor: string;
  readonly change: LightChange;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** One device as long as its type, address and `enabled` stay as they are, and what is known of it. Lives in memory only. */
export interface Light {
  readonly id: string;
  readonly device_type: DeviceType;
  readonly url: string | null;
  readonly enabled: boolean;
  /** Null when it cannot be switched. */
  readonly driver: LightDriver | null;
  /** Follows the entity. */
  name: string;
  /** False once the device is gone or configured anew: what is found out about it then no longer counts. */
  current: boolean;
  // What follows is written by observer.ts alone.
  health: Health;
  state: LightState | null;
  claim: Claim | undefined;
}

/** Every device that is configured, kept in step with the entities. */
export interface Lights {
  all(): readonly Light[];
  find(id: string): Light | undefined;
  /** Takes over a created or changed device; returns the light if it is a new one. */
  put(entity: StoredEntity): Light | undefined;
  remove(id: string): void;
}

type Configuration = Pick<Light, "device_type" | "url" | "enabled">;

export function createLights(driverOf: (type: DeviceType, url: string) => LightDriver | null): Lights {
  const lights = new Map<string, Light>();
  const end = (light: Light | undefined) => {
    if (light) light.current = false;
  };
  return {
    all: () => [...lights.values()],
    find: (id) => lights.get(id),
    put: (entity) => {
      const known = lights.get(entity.id);
      // The device's own schema has seen these fields before they were stored.
      const { device_type, url, enabled } = entity.fields as unknown as Configuration;
      if (known && known.device_type === device_type && known.url === url && known.enabled === enabled) {
        known.name = entity.name;
        return undefined;
      }
      end(known);
      const driver = url === null ? null : driverOf(device_type, url);
      const light = createLight(entity, { device_type, url, enabled }, driver);
      lights.set(entity.id, light);
      return light;
    },
    remove: (id) => {
      end(lights.get(id));
      lights.delete(id);
    },
  };
}

const createLight = (
  { id, name }: StoredEntity,
  configuration: Configuration,
  driver: LightDriver | null,
): Light => ({
  ...configuration,
  id,
  name,
  driver,
  current: true,
  health: UNKNOWN_HEALTH,
  state: null,
  claim: undefined,
});
