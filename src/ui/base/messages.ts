import type { Entry } from "../../audit/mod.ts";
import type { DeviceType } from "../../devices/providers.ts";
import type { EntityTypeName } from "../../entities/definition.ts";
import type { MessageType } from "../../events/messages.ts";

/** What a light shows. `brightness` 0..1; `color` null where the device has none. */
export interface LightState {
  readonly on: boolean;
  readonly brightness: number;
  readonly color: string | null;
  readonly preset: number | null;
}

export interface Health {
  readonly online: boolean | null;
  readonly latency_ms: number | null;
  readonly last_seen_at: string | null;
  readonly offline_reason: string | null;
}

/** A device that answers on the network and is not configured here. What it says of itself is text of others. */
export interface Discovered {
  readonly id: string;
  readonly name: string;
  readonly device_type: DeviceType;
  readonly url: string;
  readonly address: string;
  readonly host: string;
  readonly mac: string | null;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

/** Why the server goes, as it says itself. */
export type LeavingReason = "restart" | "shutdown" | "restore" | "update";

/** The messages that some part of the page reads, with what they carry; the others are taken and passed on as they are. */
interface Carried {
  readonly activity_logged: { readonly seq: number; readonly entry: Entry };
  readonly entity_changed: {
    readonly entity_type: EntityTypeName;
    readonly entity_id: string;
    readonly change: "created" | "updated" | "deleted";
  };
  readonly device_health_changed: { readonly device_id: string } & Health;
  readonly device_state_changed: { readonly device_id: string; readonly state: LightState };
  readonly device_discovered: { readonly device: Discovered };
  readonly device_lost: { readonly id: string; readonly name: string; readonly url: string };
  readonly auth_ok: { readonly actor: string; readonly head_seq: number; readonly log_id: string };
  readonly caught_up: { readonly seq: number };
  readonly log_cleared: { readonly up_to_seq: number };
  readonly server_restarting: { readonly reason: LeavingReason };
  readonly gap: { readonly from_seq: number; readonly to_seq: number };
}

export type LiveMessage = {
  [Type in MessageType]: { readonly type: Type } & (Type extends keyof Carried ? Carried[Type] : unknown);
}[MessageType];

/** Every type that is listened to; anything else is dropped. */
const ACCEPTED: Readonly<Record<MessageType, true>> = {
  activity_logged: true,
  log_cleared: true,
  entity_changed: true,
  device_health_changed: true,
  device_state_changed: true,
  device_discovered: true,
  device_lost: true,
  target_state_changed: true,
  playlist_state_changed: true,
  server_restarting: true,
  auth_ok: true,
  caught_up: true,
  gap: true,
  reset: true,
  resync: true,
};

/** The types that the browser accepts. */
export const acceptedTypes = (): readonly string[] => Object.keys(ACCEPTED);

/** Reads a message; undefined for what is not listed. */
export function parseMessage(data: unknown): LiveMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const message: unknown = JSON.parse(data);
    const listed = typeof message === "object" && message !== null && "type" in message &&
      typeof message.type === "string" && Object.hasOwn(ACCEPTED, message.type);
    // The server that serves this page sends each listed type with what it carries.
    return listed ? message as LiveMessage : undefined;
  } catch {
    return undefined; // not JSON
  }
}
