import type { Host } from "../base/lan_address.ts";
import type { DeviceFailure } from "./device_http.ts";

/** A UDP or TCP port of a device. */
export interface Place {
  readonly host: Host;
  readonly port: number;
}

export type Sent = { readonly ok: true } | DeviceFailure;
/** `ms`: from the question to the sign of life. */
export type Alive = { readonly ok: true; readonly ms: number } | DeviceFailure;

/**
 * Datagrams to and from devices on the LAN, over one socket. They go only to an address that is private, link-local or
 * loopback. Never rejects; a datagram that got lost on the way looks like one that arrived.
 */
export interface DeviceUdp {
  /** In the order of the calls, for each place. */
  send(place: Place, packets: readonly Uint8Array[]): Promise<Sent>;
  /** Waits, three seconds at most, for an answer from that very address and port. */
  ask(place: Place, packet: Uint8Array, wait: {
    readonly isAnswer: (packet: Uint8Array) => boolean;
    /** Breaks the waiting off, which then counts as out of time. */
    readonly signal: AbortSignal;
  }): Promise<Alive>;
}
