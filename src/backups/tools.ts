import type { Inspection } from "../sql/inspection.ts";

/** How much there is, and its SHA-256 in hex. */
export interface Contents {
  readonly bytes: number;
  readonly sha256: string;
}

export type Unpacked =
  | ({ readonly ok: true } & Contents)
  /** What is wrong with it: a clause without a full stop. */
  | { readonly ok: false; readonly reason: string; readonly tooLarge: boolean };

interface Cut {
  readonly signal?: AbortSignal;
}

/** What is done with whole files, off the event loop; paths are those of a `BackupFolder`. */
export interface BackupTools {
  /** Copies the database as it is now into a file that is there and empty; null when the database is no file. */
  readonly snapshot: ((to: string, signal?: AbortSignal) => Promise<void>) | null;
  /** Bytes of the database; 0 when it is no file. */
  liveBytes(): Promise<number>;
  inspect(path: string, signal?: AbortSignal): Promise<Inspection>;
  pack(from: string, to: string, cut: Cut): Promise<Contents>;
  /** With null for `to` it only looks what is in it. */
  unpack(from: string, to: string | null, bound: Cut & { readonly limit: number }): Promise<Unpacked>;
  /** Whether this error means that the disk is full. */
  isDiskFull(error: unknown): boolean;
}
