/** A file that is kept. */
export interface KeptFile {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
}

export interface OpenedFile extends KeptFile {
  /** Read as fast as it is taken; closes itself at its end or when it is cancelled. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A folder for plain files. Names come from us alone: nobody hands one on that has not been checked before. */
export interface BackupFolder {
  /** Makes the folder and removes what a process that was killed has left half done. */
  prepare(): Promise<void>;
  /** Plain files only, in any order, also such as are none of ours. */
  list(): Promise<readonly KeptFile[]>;
  find(filename: string): Promise<KeptFile | undefined>;
  /** Undefined when no plain file has the name. What is open stays readable when the file is removed. */
  open(filename: string): Promise<OpenedFile | undefined>;
  /** False when it was not there. */
  remove(filename: string): Promise<boolean>;
  /** Where the file of this name is, or would be. */
  pathOf(filename: string): string;
  /** A new empty file that is not listed (mode 0600); gives its path. */
  begin(): Promise<string>;
  /** Gives such a file a name that nobody has; when it resolves it is there for good. */
  keep(part: string, filename: string): Promise<KeptFile>;
  /** Removes such a file if it is still there, with what a database may have left beside it. */
  drop(part: string): Promise<void>;
  /** Writes all that comes into such a file; rejects as the stream does. Gives the number of bytes. */
  fill(part: string, bytes: ReadableStream<Uint8Array>, bound: FillBound): Promise<Filled>;
  sizeOf(path: string): Promise<number>;
  copy(from: string, to: string): Promise<void>;
  /** Reads the beginning of a file. */
  head(path: string, length: number): Promise<Uint8Array>;
  /** Writes into the beginning of a file that is there. */
  patch(path: string, at: number, bytes: Uint8Array): Promise<void>;
  /** Bytes that can still be written; undefined when that cannot be found out. */
  free(): Promise<number | undefined>;
}

export interface FillBound {
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds without any byte. */
  readonly idleMs: number;
  readonly signal?: AbortSignal;
}

export type Filled =
  | { readonly ok: true; readonly bytes: number }
  | { readonly ok: false; readonly why: "too_large" | "broken_off" | "idle" };
