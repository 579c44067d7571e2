import type { StoredEntity } from "../entities/store.ts";
import { type Health, UNKNOWN_HEALTH } from "./health.ts";
import type { LightChange, LightState } from "./light_state.ts";
import type { DeviceSettings, Link, Provider, ProviderPorts } from "./provider.ts";
import type { DeviceType } from "./providers.ts";

/** What is configured of a device, its type included. */
interface Configured extends DeviceSettings {
  readonly device_type: DeviceType;
}

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
  readonly provider: Provider;
  // What follows is written here, after the entity.
  name: string;
  settings: Configured;
  link: Link;
  /** False once the device is gone or another one: what is found out about it then no longer counts. */
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

export function createLights(
  { providers, ports }: {
    readonly providers: Readonly<Record<DeviceType, Provider>>;
    readonly ports: ProviderPorts;
  },
): Lights {
  const lights = new Map<string, Light>();
  const close = ({ link }: Light) => void link.close().catch(() => {}); // it never rejects

  /** The old link's last words stand before the new one's first. */
  const open = (settings: Configured, known: Light | undefined): Link => {
    const before = known?.settings.device_type === settings.device_type
      ? { settings: known.settings, state: known.link.kept() }
      : undefined;
    if (known) close(known);
    return providers[settings.device_type].open(settings, ports, before);
  };

  const create = ({ id, name }: StoredEntity, settings: Configured, known: Light | undefined): Light => {
    if (known) known.current = false;
    return {
      id,
      name,
      provider: providers[settings.device_type],
      settings,
      link: open(settings, known),
      current: true,
      health: UNKNOWN_HEALTH,
      state: null,
      claim: undefined,
    };
  };

  /** The same device, painted in another way. */
  const follow = (light: Light, { name }: StoredEntity, settings: Configured) => {
    light.name = name;
    if (OUTPUT.every((field) => light.settings[field] === settings[field])) return;
    light.link = open(settings, light);
    light.settings = settings;
  };

  return {
    all: () => [...lights.values()],
    find: (id) => lights.get(id),
    put: (entity) => {
      const known = lights.get(entity.id);
      const settings = settingsOf(entity);
      if (known && IDENTITY.every((field) => known.settings[field] === settings[field])) {
        follow(known, entity, settings);
        return undefined;
      }
      const light = create(entity, settings, known);
      lights.set(entity.id, light);
      return light;
    },
    remove: (id) => {
      const light = lights.get(id);
      lights.delete(id);
      if (light === undefined) return;
      light.current = false;
      close(light);
    },
  };
}

/** What makes it this device and no other. */
const IDENTITY = ["device_type", "url", "enabled"] as const;
/** How its pixels are sent. */
const OUTPUT = ["led_count", "rgb_order", "universe", "priority"] as const;

function settingsOf({ fields }: StoredEntity): Configured {
  // The device's own schema has seen these fields before they were stored.
  const { device_type, url, enabled, led_count, rgb_order, universe, priority } = fields as unknown as Configured;
  return { device_type, url, enabled, led_count, rgb_order, universe, priority };
}
