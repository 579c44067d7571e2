/** A key as it is listed. */
export interface ShownKey {
  readonly label: string;
  readonly role: string;
  readonly source: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

/** The three things to do with keys, whichever way they are reached. */
export interface KeysAccess {
  add(label: string, role: string | null, expiresAt: string | null): Promise<{ key: ShownKey; token: string }>;
  list(): Promise<readonly ShownKey[]>;
  revoke(label: string): Promise<void>;
}
