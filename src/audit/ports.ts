/** What the engine asks of the world; adapters live in `sql/` and `runtime/`. */

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface Reader {
  /** All rows of one statement, as plain objects keyed by column name. */
  all<R extends object = SqlRow>(
    sql: string,
    args?: readonly SqlValue[],
  ): Promise<readonly R[]>;
  /** The first row, or undefined. */
  get<R extends object = SqlRow>(
    sql: string,
    args?: readonly SqlValue[],
  ): Promise<R | undefined>;
}

/**
 * One unit of work inside the write lane: it reads and checks first, then writes, and awaits nothing but this.
 * A read after a write throws on every adapter, because a remote database is sent all writes at the end as one batch.
 */
export interface Tx extends Reader {
  /** The same for units that share a transaction: what an earlier one left there still holds. */
  readonly transaction: symbol;
  run(sql: string, args?: readonly SqlValue[]): Promise<void>;
}

export interface Unit<T = unknown> {
  /** May run more than once; only the last run counts. */
  readonly work: (tx: Tx) => Promise<T>;
  /** True when the work is at most one write, which the database already makes all-or-nothing by itself. */
  readonly single?: boolean;
}

export type Settled<T = unknown> =
  | { readonly ok: true; readonly value: T }
  /** `unavailable`: the database could not be reached or written at all, so trying at once again is of no use. */
  | {
    readonly ok: false;
    readonly error: unknown;
    readonly unavailable?: true;
  };

/** The database cannot be reached or written now. */
export class StorageUnavailable extends Error {
  override readonly name = "StorageUnavailable";
}

/** A database with one writer. */
export interface Sql extends Reader {
  /** How many units may share one commit: more than one only where they truly become durable together. */
  readonly unitsPerCommit: number;
  /** True when nobody else can write: what was committed last still holds. */
  readonly exclusive: boolean;
  /** For reads that may take long: they never hold the event loop. Ask for one row; rows are made on the loop. */
  readonly background: Reader;
  /** The same on a connection of its own, for reading that takes minutes: nothing else waits behind it. */
  openReader(): Reader & { close(): Promise<void> };
  /**
   * Runs the units in order, each all-or-nothing, and resolves once what succeeded is durable.
   * Never rejects: every unit has its own outcome. Must not be called again before it has resolved.
   */
  commit(units: readonly Unit[]): Promise<readonly Settled[]>;
  close(): Promise<void>;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface Turn {
  /** Calls back once, after the event-loop turn that is running now. */
  after(callback: () => void): void;
  /** Calls back once after the delay in milliseconds; the returned function cancels. Never keeps the process alive. */
  delay(callback: () => void, ms: number): () => void;
}

export interface Entropy {
  /** Fresh random bytes. */
  bytes(length: number): Uint8Array;
}
