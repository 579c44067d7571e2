import { Buffer } from "node:buffer";
import type { Clock } from "../audit/ports.ts";
import type { Role } from "../http/route.ts";
import type { DeclaredKey } from "./declared_keys.ts";
import { isExpired, isStandingRow } from "./key_rules.ts";
import type { LastUse } from "./last_use.ts";
import type { KeyRow, KeySource } from "./store.ts";
import { findByToken } from "./token.ts";

/** A key that stands. Times are ISO 8601 in UTC with milliseconds. */
export interface Key {
  readonly label: string;
  readonly role: Role;
  readonly source: KeySource;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export interface ListedKey extends Key {
  readonly lastUsedAt: string | null;
}

export type HeldKey = Key & { readonly hash: Uint8Array };

/** The keys in memory, which decide who comes in. Rebuilt from the table, never written to it. */
export interface KeyRing {
  /** Replaces all keys and tells the listeners whose right to be here ended. */
  hold(keys: readonly HeldKey[]): void;
  add(key: HeldKey): void;
  drop(label: string): void;
  authenticate(token: string): Key | "expired" | undefined;
  /** Whether any key exists, expired or not; true until the first `hold`, so that nobody slips in before. */
  any(): boolean;
  /** Sorted by label. */
  list(): readonly ListedKey[];
  /** Told each actor whose right to be here ended: a key's label, or `anonymous` once a first key exists. */
  onRevoked(listener: (actor: string) => void): () => void;
}

export interface KeyRingDeps {
  readonly clock: Clock;
  readonly lastUse: Pick<LastUse, "touch" | "at" | "forget">;
}

export function createKeyRing({ clock, lastUse }: KeyRingDeps): KeyRing {
  const listeners = new Set<(actor: string) => void>();
  let held: readonly HeldKey[] = [];
  let loaded = false;

  function hold(keys: readonly HeldKey[]): void {
    const gone = held.filter((old) => !keys.some((key) => key.label === old.label)).map((key) => key.label);
    const closed = loaded && held.length === 0 && keys.length > 0 ? ["anonymous"] : [];
    held = keys.toSorted((a, b) => a.label < b.label ? -1 : 1);
    loaded = true;
    for (const label of gone) lastUse.forget(label);
    for (const actor of [...gone, ...closed]) for (const listener of listeners) listener(actor);
  }

  function authenticate(token: string): Key | "expired" | undefined {
    const found = findByToken(held, token);
    if (found === undefined) return undefined;
    if (isExpired(found, clock.now())) return "expired";
    lastUse.touch(found.label);
    return withoutHash(found);
  }

  return {
    hold,
    add: (key) => hold([...held.filter((old) => old.label !== key.label), key]),
    drop: (label) => hold(held.filter((key) => key.label !== label)),
    authenticate,
    any: () => !loaded || held.length > 0,
    list: () => held.map((key) => ({ ...withoutHash(key), lastUsedAt: lastUse.at(key.label) })),
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const withoutHash = ({ label, role, source, createdAt, expiresAt }: Key): Key => {
  return { label, role, source, createdAt, expiresAt };
};

/** The rows that stand, as keys. */
export const heldRows = (rows: readonly KeyRow[]): readonly HeldKey[] =>
  rows.filter(isStandingRow).flatMap((row) =>
    row.tokenHash === null ? [] : [{ ...withoutHash(row), hash: Buffer.from(row.tokenHash, "hex") }]
  );

/** The declared keys; each is as old as the first start that knew its label. */
export const heldDeclared = (
  declared: readonly DeclaredKey[],
  rows: readonly KeyRow[],
  now: string,
): readonly HeldKey[] =>
  declared.map((key) => ({
    ...key,
    source: "environment",
    createdAt: rows.find((row) => row.label === key.label)?.createdAt ?? now,
    expiresAt: null,
  }));
