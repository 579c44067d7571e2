import type { DeviceType } from "../../devices/providers.ts";
import type { Capability } from "../../devices/capabilities.ts";
import { fold } from "../base/fold.ts";
import type { Health, LightState } from "../base/messages.ts";
import type { Entity } from "../entities/types.ts";

export type { DeviceType };

/** A device as the API answers it. */
export interface Device extends Entity, Health {
  readonly device_type: DeviceType;
  readonly url: string | null;
  readonly led_count: number;
  readonly rgb_order: string;
  readonly universe: number;
  readonly priority: number;
  readonly enabled: boolean;
  readonly ssh_user: string | null;
  readonly ssh_identity: string | null;
  /** What it can be told and asked. */
  readonly capabilities: readonly Capability[];
  /** What it showed last; null until it has told. */
  readonly state: LightState | null;
}

interface TypeWords {
  readonly label: string;
}

export const DEVICE_TYPES: Readonly<Record<DeviceType, TypeWords>> = {
  wled: { label: "WLED" },
  ddp: { label: "DDP" },
  sacn: { label: "sACN (E1.31)" },
  artnet: { label: "Art-Net" },
  virtual: { label: "Virtual" },
  routeros: { label: "RouterOS" },
};

/** The entities of type `device`, as what they are. */
// The server answers each device by the schema that `Device` repeats.
export const asDevices = (items: readonly Entity[]) => items as readonly Device[];

export const can = ({ capabilities }: Pick<Device, "capabilities">, capability: Capability): boolean =>
  capabilities.includes(capability);

export const hasLight = (device: Pick<Device, "capabilities">): boolean => can(device, "power");

/** Whether its light can be switched now. Such a light is what the Lights page shows. */
export const isControllable = (device: Device): boolean => device.enabled && hasLight(device);

/** Why there are no controls. */
export const withoutControl = (device: Device): string =>
  hasLight(device)
    ? "It is neither checked nor switched while it is disabled."
    : `${DEVICE_TYPES[device.device_type].label} has no light.`;

/** Those whose name, tags or address have every word of the search. */
export function matching(devices: readonly Device[], search: string): readonly Device[] {
  const words = fold(search).split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return devices;
  return devices.filter(({ name, tags, url }) => {
    const text = fold([name, ...tags, url ?? ""].join("\n"));
    return words.every((word) => text.includes(word));
  });
}
