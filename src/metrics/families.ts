import type { AuditHealth, LogSettings } from "../audit/mod.ts";
import { counter, type Family, gauge } from "./exposition.ts";

/** What the process says of itself. */
export interface ProcessFacts {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Bytes of memory that it holds. */
  residentBytes(): number;
  /** Milliseconds since any moment, never backwards. */
  elapsed(): number;
}

/** A device, without its name or address. */
export interface CountedDevice {
  readonly type: string;
  readonly state: DeviceState;
}

export type DeviceState = "online" | "offline" | "unknown" | "disabled";

const STATES: readonly DeviceState[] = ["online", "offline", "unknown", "disabled"];

export const processFamilies = (
  { startedAt, residentBytes }: ProcessFacts,
  { now, version }: { readonly now: number; readonly version: string },
): readonly Family[] => [
  {
    name: "lumenlog_build_info",
    help: "The version, as a label.",
    type: "gauge",
    samples: [{ labels: { version }, value: 1 }],
  },
  gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.", startedAt / 1000),
  gauge("process_resident_memory_bytes", "Resident memory of the process.", residentBytes()),
  gauge("lumenlog_uptime_seconds", "Time since the start of the process.", Math.max(0, now - startedAt) / 1000),
];

export const logFamilies = (health: AuditHealth, { enabled, maxDays, maxEntries }: LogSettings): readonly Family[] => [
  gauge("lumenlog_log_head_seq", "The newest place in the log.", health.head_seq),
  gauge("lumenlog_log_storing", "1, or 0 from a storage error until something is stored again.", bit(health.storing)),
  gauge("lumenlog_log_enabled", "1 while the log records.", bit(enabled)),
  gauge("lumenlog_log_waiting", "Changes and entries that wait to be stored.", health.waiting),
  counter("lumenlog_log_entries_lost_total", "Entries that could not be stored since the start.", health.lost),
  gauge("lumenlog_log_losses_unrecorded", "Lost entries that the log does not yet tell of.", health.unrecorded),
  gauge("lumenlog_log_text_behind", "Entries that the text index has not reached.", health.text_behind),
  gauge("lumenlog_log_retention_failing", "1 from a failed removal of old entries on.", bit(health.retention_failing)),
  gauge("lumenlog_log_retention_seconds", "How long entries are kept; left out without a limit.", seconds(maxDays)),
  gauge("lumenlog_log_retention_entries", "Entries that are kept; left out without a limit.", maxEntries),
  gauge("lumenlog_live_clients", "Clients that follow the log.", health.followers),
];

/** Every state of each type that there is, so that none vanishes when nothing is in it. */
export function deviceFamily(devices: readonly CountedDevice[]): Family {
  const types = [...new Set(devices.map(({ type }) => type))].sort();
  return {
    name: "lumenlog_devices",
    help: "Devices by type and state; unknown until the first check.",
    type: "gauge",
    samples: types.flatMap((type) =>
      STATES.map((state) => ({
        labels: { type, state },
        value: devices.filter((device) => device.type === type && device.state === state).length,
      }))
    ),
  };
}

const seconds = (days: number | null): number | null => days === null ? null : days * 86_400;
const bit = (on: boolean): number => on ? 1 : 0;
