import type { DeviceType } from "../../devices/address.ts";
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
  /** What it showed last; null until it has told. */
  readonly state: LightState | null;
}

interface TypeWords {
  readonly label: string;
  /** Whether it has light at all. */
  readonly light: boolean;
  /** Whether this server can switch it. */
  readonly control: boolean;
}

export const DEVICE_TYPES: Readonly<Record<DeviceType, TypeWords>> = {
  wled: { label: "WLED", light: true, control: true },
  ddp: { label: "DDP", light: true, control: false },
  sacn: { label: "sACN (E1.31)", light: true, control: false },
  artnet: { label: "Art-Net", light: true, control: false },
  virtual: { label: "Virtual", light: true, control: false },
  routeros: { label: "RouterOS", light: false, control: false },
};

/** The entities of type `device`, as what they are. */
// The server answers each device by the schema that `Device` repeats.
export const asDevices = (items: readonly Entity[]) => items as readonly Device[];

/** What the Lights page shows. */
export const isLight = ({ device_type, enabled }: Device): boolean => enabled && DEVICE_TYPES[device_type].light;

export const isControllable = ({ device_type, enabled }: Device): boolean =>
  enabled && DEVICE_TYPES[device_type].control;

/** Why there are no controls. */
export function withoutControl({ device_type, enabled }: Device): string {
  const { label, light, control } = DEVICE_TYPES[device_type];
  if (!light) return `${label} has no light.`;
  if (!control) return `${label}: not switched from here yet.`;
  return enabled ? "" : "It is neither checked nor switched while it is disabled.";
}

/** Those whose name, tags or address have every word of the search. */
export function matching(devices: readonly Device[], search: string): readonly Device[] {
  const words = fold(search).split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return devices;
  return devices.filter(({ name, tags, url }) => {
    const text = fold([name, ...tags, url ?? ""].join("\n"));
    return words.every((word) => text.includes(word));
  });
}
