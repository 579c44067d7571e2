/** A backup as it is listed. */
export interface ShownBackup {
  readonly filename: string;
  readonly kind: string;
  /** Bytes. */
  readonly size: number;
  readonly created_at: string;
}

/** What a restore has done. */
export interface ShownRestore {
  /** The newest entry that the backup knew. */
  readonly from_seq: number;
  /** How many entries are newer, and stayed. */
  readonly carried: number;
  /** What was there before. */
  readonly safety_copy: string;
}

/** What can be done with backups, whichever way they are reached. */
export interface BackupAccess {
  create(): Promise<ShownBackup>;
  list(): Promise<readonly ShownBackup[]>;
  download(filename: string): Promise<ReadableStream<Uint8Array>>;
  restore(filename: string, keys: boolean): Promise<ShownRestore>;
}
