import type { OfflineReason } from "./device_http.ts";

/** How a device is, by its checks. */
export interface Health {
  /** Null until it is known. */
  readonly online: boolean | null;
  /** Milliseconds of its last good answer; null while it is offline. */
  readonly latency_ms: number | null;
  readonly last_seen_at: string | null;
  /** Of the last check, if that failed. */
  readonly offline_reason: OfflineReason | null;
  /** Failed checks in a row. */
  readonly failures: number;
}

/** One failure may be chance. */
const FAILURES_TO_OFFLINE = 2;

export const UNKNOWN_HEALTH: Health = {
  online: null,
  latency_ms: null,
  last_seen_at: null,
  offline_reason: null,
  failures: 0,
};

export const afterGood = (latencyMs: number, seenAt: string): Health => ({
  online: true,
  latency_ms: latencyMs,
  last_seen_at: seenAt,
  offline_reason: null,
  failures: 0,
});

export function afterFailure(health: Health, reason: OfflineReason): Health {
  const failures = health.failures + 1;
  const failed = { ...health, failures, offline_reason: reason };
  return failures < FAILURES_TO_OFFLINE ? failed : { ...failed, online: false, latency_ms: null };
}

/** The action that the step from one to the other is put on record as. What was not known before is none. */
export function transitionOf(before: Health, after: Health): "device.online" | "device.offline" | undefined {
  if (before.online === null || before.online === after.online) return undefined;
  return after.online ? "device.online" : "device.offline";
}
