import type { Category, Severity } from "./categories.ts";
import type { Tx } from "./ports.ts";

export type Scalar = string | number | boolean | null;
export type Metadata = Readonly<Record<string, Scalar | undefined>>;

/** What a caller may say of an entry; the rest is filled in. */
export interface EntryFields {
  readonly message?: string;
  readonly severity?: Severity;
  /** Default: whoever acts in the running scope, else `system`. */
  readonly actor?: string;
  readonly entityType?: string | null;
  readonly entityId?: string | null;
  readonly entityName?: string | null;
  readonly metadata?: Metadata;
}

/** The unit of work of a change: what it records is stored with it, or neither is. */
export interface ChangeTx extends Tx {
  record(category: Category, action: string, fields?: EntryFields): void;
}

export interface Recorder {
  /** Takes note of an action. Never throws, may be called from anywhere, returns before the entry is stored. */
  record(category: Category, action: string, fields?: EntryFields): void;
  /**
   * Runs a change inside the write lane and resolves with its result once it and its entries are durable.
   * The work reads and checks first, then writes, awaits nothing but `tx`, and may run more than once.
   * Rejects with what the work threw, or with the storage error; then nothing of it is stored.
   */
  change<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T>;
}
