import type { StoredEntity } from "../entities/store.ts";
import { type Gear, RESOURCE_TYPES, type ResourceType } from "./types.ts";

/** The fields of a device that are looked at here; its own schema has seen them before they were stored. */
interface DeviceFields {
  readonly device_type: string;
  readonly url: string | null;
  readonly enabled: boolean;
  readonly ssh_user: string | null;
  readonly ssh_identity: string | null;
}

/** Undefined for a device of a type without configuration. */
export function gearOf({ id, name, fields }: StoredEntity): Gear | undefined {
  // See `DeviceFields`.
  const { device_type, url, enabled, ssh_user, ssh_identity } = fields as unknown as DeviceFields;
  if (!isResourceType(device_type) || url === null) return undefined;
  return { id, name, type: device_type, url, enabled, sshUser: ssh_user, sshIdentity: ssh_identity };
}

const isResourceType = (type: string): type is ResourceType => RESOURCE_TYPES.some((each) => each === type);

/** Whether it is the same device, spoken to in the same way. */
export const isSamePlace = (a: Gear, b: Gear): boolean => a.type === b.type && a.url === b.url;

export const isSameGear = (a: Gear, b: Gear): boolean =>
  isSamePlace(a, b) && a.enabled === b.enabled && a.sshUser === b.sshUser && a.sshIdentity === b.sshIdentity;
