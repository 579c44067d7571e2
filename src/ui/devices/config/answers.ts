import type { ResourceType, Trigger } from "../../../config_history/types.ts";

/** What the server answers about the configurations of a device. */

/** One configuration as it was at a time. The counts are against the one before; null where there is none. */
export interface Snapshot {
  readonly id: string;
  readonly resource_type: ResourceType;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly trigger: Trigger;
  readonly created_at: string;
  readonly previous_id: string | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly changes: number | null;
}

export interface History {
  /** Newest first. */
  readonly items: readonly Snapshot[];
  readonly total: number;
  readonly last_checked_at: string | null;
  readonly last_outcome: "stored" | "duplicate" | "failed" | null;
  readonly last_problem: string | null;
}

/** One thing in a configuration that is not as it was. */
export interface Change {
  readonly component: string;
  readonly kind: "added" | "removed" | "modified";
  readonly lines: number;
  readonly line: string;
}

export interface Hunk {
  readonly old_start: number;
  readonly new_start: number;
  /** Each begins with a blank, `+` or `-`. */
  readonly lines: readonly string[];
}

export interface Difference {
  readonly snapshot_id: string;
  readonly against: string | null;
  /** Only the beginning is told. */
  readonly truncated: boolean;
  readonly lines_added: number;
  readonly lines_removed: number;
  readonly changes: readonly Change[];
  readonly hunks: readonly Hunk[];
}

export interface WholeSnapshot extends Snapshot {
  readonly text: string;
}

export interface BackedUp {
  readonly outcome: "stored" | "duplicate";
  readonly snapshot: Snapshot;
}

const devicePath = (device: string) => `/api/v1/devices/${encodeURIComponent(device)}`;

export const historyPath = (device: string): string => `${devicePath(device)}/config-history`;
export const snapshotsPath = (device: string): string => `${devicePath(device)}/config-snapshots`;
export const snapshotPath = (device: string, id: string): string =>
  `${snapshotsPath(device)}/${encodeURIComponent(id)}`;
export const differencePath = (device: string, id: string): string => `${snapshotPath(device, id)}/diff`;
