import type { DeviceFailure } from "./device_http.ts";
import type { LightChange, LightState } from "./light_state.ts";

/** A state as the device told it; `ms` is how long that took it. */
export type Reading = { readonly ok: true; readonly state: LightState; readonly ms: number } | DeviceFailure;

export interface Applied {
  readonly ok: true;
  readonly state: LightState;
  readonly ms: number;
  /** False when the device took the request and yet does not show the preset that was asked for. */
  readonly met: boolean;
}

/** `begun`: the part of the change that may have come about, when that is not the whole of it. */
export type NotApplied = DeviceFailure & { readonly begun?: LightChange };

/** How lights of one kind are spoken to. One call at a time for each device is up to the caller. Never rejects. */
export interface LightDriver {
  read(signal: AbortSignal): Promise<Reading>;
  /** `before`: the state that was read right before. */
  apply(change: LightChange, before: LightState, signal: AbortSignal): Promise<Applied | NotApplied>;
  /** Blinks, and ends with the state it began with. */
  identify(before: LightState, signal: AbortSignal): Promise<Reading>;
}

/** What drivers are made with. */
export interface DriverPorts {
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}
