import { Buffer } from "node:buffer";
import { bindActions } from "../audit/mod.ts";
import type { Clock, Entropy, Reader, Turn } from "../audit/ports.ts";
import type { ChangeTx, Recorder } from "../audit/mod.ts";
import { Refusal } from "../base/errors.ts";
import type { Role } from "../http/route.ts";
import { authActions } from "./actions.ts";
import type { DeclaredKey } from "./declared_keys.ts";
import { createKeyRing, heldDeclared, heldRows, type KeyRing, type ListedKey } from "./key_ring.ts";
import { checkDeclared, checkLabel, checkNotLastAdmin, futureExpiry, roleOfNewKey, standingKeys } from "./key_rules.ts";
import { createLastUse, type LastUse } from "./last_use.ts";
import { insertKeyRow, listKeyRows, markRevoked, rememberDeclared } from "./store.ts";
import { hashToken, makeToken } from "./token.ts";

export interface NewKey {
  readonly label: string;
  /** Default: admin for the first key, else viewer. */
  readonly role?: Role | undefined;
  /** ISO 8601, in the future; a date alone is its first moment in UTC. */
  readonly expiresAt?: string | null | undefined;
}

/** `via` goes into the entry; `first` demands that no key exists, for callers who may only because none does. */
export interface KeyChange {
  readonly via?: "cli";
  readonly first?: boolean;
}

/** The keys of this server: what is in memory decides who comes in, the table is what it is loaded from. */
export interface Keys extends Pick<KeyRing, "authenticate" | "any" | "list" | "onRevoked"> {
  /**
   * Reads the table and takes note of the declared labels; again after the database was exchanged.
   * Throws KeyConfigurationError when a declared label belongs to a key of the database.
   */
  load(): Promise<void>;
  /** Rejects with a Refusal: invalid, name_taken, conflict. The token is in this answer and nowhere else. */
  create(wanted: NewKey, change?: KeyChange): Promise<{ readonly key: ListedKey; readonly token: string }>;
  /** Rejects with a Refusal: not_found, conflict. */
  revoke(label: string, change?: Pick<KeyChange, "via">): Promise<void>;
  /** Stores when keys were last used. */
  flushLastUse(): Promise<void>;
  /** Does so every minute until aborted; the last time, at a stop, is the caller's. */
  start(signal: AbortSignal): void;
}

export interface KeysDeps {
  readonly sql: Reader;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly turn: Pick<Turn, "delay">;
  readonly entropy: Entropy;
  readonly declared: readonly DeclaredKey[];
}

export function createKeys(deps: KeysDeps): Keys {
  const lastUse = createLastUse(deps);
  const ring = createKeyRing({ clock: deps.clock, lastUse });
  const load = createLoading(deps, ring, lastUse);
  const { authenticate, any, list, onRevoked } = ring;
  return {
    authenticate,
    any,
    list,
    onRevoked,
    load,
    ...createKeyChanges(deps, ring, load),
    flushLastUse: lastUse.flush,
    start: lastUse.start,
  };
}

function createLoading({ sql, recorder, clock, declared }: KeysDeps, ring: KeyRing, lastUse: LastUse) {
  return async (): Promise<void> => {
    const at = new Date(clock.now()).toISOString();
    const rows = await listKeyRows(sql);
    checkDeclared(declared, rows);
    const news = declared.filter((key) => !rows.some((row) => row.label === key.label && row.role === key.role));
    if (news.length > 0) {
      await recorder.change(async (tx) => {
        for (const { label, role } of news) await rememberDeclared(tx, label, role, at);
      });
    }
    for (const row of rows) lastUse.seed(row.label, row.lastUsedAt);
    ring.hold([...heldRows(rows), ...heldDeclared(declared, rows, at)]);
  };
}

function createKeyChanges({ recorder, clock, entropy, declared }: KeysDeps, ring: KeyRing, load: () => Promise<void>) {
  const log = bindActions(recorder, authActions);
  const isDeclared = (label: string) => declared.some((key) => key.label === label);

  /** A change that failed may be stored all the same: then memory follows the table, lest a revoked key live on. */
  async function change<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T> {
    try {
      return await recorder.change(work);
    } catch (error) {
      // What went wrong first is what the caller is told; memory stays as it was when the table cannot be read.
      await load().catch(() => undefined);
      throw error;
    }
  }

  async function create(wanted: NewKey, { via, first = false }: KeyChange = {}) {
    const { label } = wanted;
    const token = makeToken(entropy);
    const hash = hashToken(token);
    const createdAt = new Date(clock.now()).toISOString();
    const expiresAt = typeof wanted.expiresAt === "string" ? futureExpiry(wanted.expiresAt, clock.now()) : null;
    const key = await change(async (tx) => {
      const rows = await listKeyRows(tx);
      const standing = standingKeys(rows, declared);
      if (first && standing.length > 0) throw new Refusal("conflict", "Cannot create the first API key: one exists");
      checkLabel(label, isDeclared(label) || rows.some((row) => row.label === label));
      const role = roleOfNewKey(wanted.role, standing);
      const made: ListedKey = { label, role, source: "database", createdAt, expiresAt, lastUsedAt: null };
      await insertKeyRow(tx, { ...made, tokenHash: Buffer.from(hash).toString("hex"), revokedAt: null });
      log.recordIn(tx, "auth.key_created", { metadata: { key_label: label, role, via } });
      return made;
    });
    ring.add({ ...key, hash });
    return { key, token };
  }

  async function revoke(label: string, { via }: Pick<KeyChange, "via"> = {}): Promise<void> {
    const revokedAt = new Date(clock.now()).toISOString();
    await change(async (tx) => {
      const standing = standingKeys(await listKeyRows(tx), declared);
      const target = standing.find((key) => key.label === label);
      if (target === undefined) throw new Refusal("not_found", `Cannot revoke API key "${label}": no such key`);
      if (isDeclared(label)) {
        throw new Refusal("conflict", `Cannot revoke API key "${label}": it is declared by the environment`);
      }
      checkNotLastAdmin(target, standing, clock.now());
      await markRevoked(tx, label, revokedAt);
      log.recordIn(tx, "auth.key_revoked", { metadata: { key_label: label, role: target.role, via } });
    });
    ring.drop(label);
  }

  return { create, revoke };
}
