import type { Alive, Place } from "./device_udp.ts";

/**
 * Sees whether a host of the LAN lives by opening a TCP connection, which is closed at once; three seconds at most. Never
 * rejects.
 */
export interface DeviceTouch {
  touch(place: Place, how: {
    /** `answers`: a host that actively refuses lives as well. */
    readonly proof: "accepts" | "answers";
    /** Breaks the connecting off, which then counts as out of time. */
    readonly signal: AbortSignal;
  }): Promise<Alive>;
}
