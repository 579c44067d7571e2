/** The types of device whose configuration is kept. */
export const RESOURCE_TYPES = ["wled", "routeros"] as const;
export type ResourceType = typeof RESOURCE_TYPES[number];

export const TRIGGERS = ["scheduled", "adoption", "manual"] as const;
/** Why a look was taken: by the timetable, because the device is new here, or because somebody asked for it. */
export type Trigger = typeof TRIGGERS[number];

/** A device whose configuration is kept. */
export interface Gear {
  readonly id: string;
  readonly name: string;
  readonly type: ResourceType;
  readonly url: string;
  readonly enabled: boolean;
  readonly sshUser: string | null;
  readonly sshIdentity: string | null;
}

/** A snapshot without its text. */
export interface Snapshot {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly resourceType: ResourceType;
  /** Of the text, hex. */
  readonly sha256: string;
  /** Bytes of the text. */
  readonly size: number;
  /** The version of the normaliser that the text was made by. */
  readonly normaliser: number;
  readonly trigger: Trigger;
  readonly createdAt: string;
  /** The one before it that is still there; without one, what had changed is not told either. */
  readonly previousId: string | null;
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  readonly changes: number | null;
}

/** How the last look ended. */
export interface Check {
  readonly checkedAt: string;
  readonly outcome: "stored" | "duplicate" | "failed";
  /** A sentence, when it failed. */
  readonly problem: string | null;
  /** In a row. */
  readonly failures: number;
}
