import type { Reader, Tx } from "../audit/ports.ts";
import type { Role } from "../http/route.ts";

export type KeySource = "database" | "environment";

/** A row of `api_key`; times are ISO 8601 in UTC with milliseconds, the hash is 64 hex digits. */
export interface KeyRow {
  readonly label: string;
  readonly role: Role;
  readonly source: KeySource;
  /** Null for declared keys, whose token lives in the environment, and for revoked ones. */
  readonly tokenHash: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** Every row there ever was, revoked ones too. */
export const listKeyRows = (reader: Reader): Promise<readonly KeyRow[]> =>
  reader.all<KeyRow>(
    `SELECT label, role, source, token_hash AS tokenHash, created_at AS createdAt, expires_at AS expiresAt,
            last_used_at AS lastUsedAt, revoked_at AS revokedAt
     FROM api_key ORDER BY label`,
  );

export const insertKeyRow = (tx: Tx, row: KeyRow): Promise<void> =>
  tx.run(
    `INSERT INTO api_key (label, role, source, token_hash, created_at, expires_at, last_used_at, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.label, row.role, row.source, row.tokenHash, row.createdAt, row.expiresAt, row.lastUsedAt, row.revokedAt],
  );

/** Remembers that a label was declared by the environment, with the role that it has now. */
export const rememberDeclared = (tx: Tx, label: string, role: Role, at: string): Promise<void> =>
  tx.run(
    `INSERT INTO api_key (label, role, source, created_at) VALUES (?, ?, 'environment', ?)
     ON CONFLICT (label) DO UPDATE SET role = excluded.role`,
    [label, role, at],
  );

/** Ends a key; its hash goes, its label stays taken. */
export const markRevoked = (tx: Tx, label: string, at: string): Promise<void> =>
  tx.run("UPDATE api_key SET revoked_at = ?, token_hash = NULL WHERE label = ?", [at, label]);

export const markUsed = (tx: Tx, label: string, at: string): Promise<void> =>
  tx.run("UPDATE api_key SET last_used_at = ? WHERE label = ?", [at, label]);
