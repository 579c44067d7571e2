import type { SqlRow, SqlValue } from "../audit/ports.ts";

/** A synchronous connection to a database file: what the group commit stands on. */
export interface Connection {
  /** False outside a transaction, also after the database rolled one back by itself. */
  readonly inTransaction: boolean;
  all(sql: string, args: readonly SqlValue[]): readonly SqlRow[];
  run(sql: string, args: readonly SqlValue[]): void;
  /** Runs a text of several statements. */
  exec(script: string): void;
  close(): void;
}

export interface Statement {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

/**
 * A database behind a network: single reads, and writes as one all-or-nothing batch. `StorageUnavailable` means that
 * no answer came, so a batch may have been stored; any other error is the database's refusal.
 */
export interface BatchClient {
  all(sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  batch(statements: readonly Statement[]): Promise<void>;
  exec(script: string): Promise<void>;
  close(): Promise<void>;
}
