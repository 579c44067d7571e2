import { Refusal } from "../base/errors.ts";
import type { Role } from "../http/route.ts";
import { type DeclaredKey, KeyConfigurationError } from "./declared_keys.ts";
import { labelProblem } from "./label.ts";
import type { KeyRow } from "./store.ts";

/** As much of a key as the rules look at. A key that stands is neither revoked nor, if declared, left out meanwhile. */
export interface StandingKey {
  readonly label: string;
  readonly role: Role;
  readonly expiresAt: string | null;
}

export const isExpired = (key: Pick<StandingKey, "expiresAt">, now: number): boolean =>
  key.expiresAt !== null && Date.parse(key.expiresAt) <= now;

/** All keys that stand: those of the database, then the declared ones. */
export const standingKeys = (rows: readonly KeyRow[], declared: readonly DeclaredKey[]): readonly StandingKey[] => [
  ...rows.filter(isStandingRow),
  ...declared.map(({ label, role }) => ({ label, role, expiresAt: null })),
];

export const isStandingRow = (row: KeyRow): boolean => row.source === "database" && row.revokedAt === null;

/** Throws KeyConfigurationError when a declared label is, or was, that of a database key. */
export function checkDeclared(declared: readonly DeclaredKey[], rows: readonly KeyRow[]): void {
  for (const { label } of declared) {
    if (!rows.some((row) => row.label === label && row.source === "database")) continue;
    throw new KeyConfigurationError(
      `Cannot declare API key "${label}": a key of the database has or had this label, and labels are never reused`,
    );
  }
}

/** Throws a Refusal when the label cannot be given to a new key. */
export function checkLabel(label: string, taken: boolean): void {
  const problem = labelProblem(label);
  if (problem !== undefined) {
    throw new Refusal("invalid", `Cannot create API key: its label ${problem}`, {
      issues: [{ field: "label", message: problem }],
    });
  }
  if (taken) {
    throw new Refusal("name_taken", `Cannot create API key "${label}": the label is, or was, in use`, {
      issues: [{ field: "label", message: "is, or was, in use; labels are never reused" }],
    });
  }
}

/** The role of a new key. Without any key loopback is everything, so the first one has to be able to replace it. */
export function roleOfNewKey(asked: Role | undefined, standing: readonly StandingKey[]): Role {
  if (standing.length > 0) return asked ?? "viewer";
  if (asked === undefined || asked === "admin") return "admin";
  throw new Refusal("conflict", `Cannot create the first API key as ${asked}: the first key is an admin`, {
    issues: [{ field: "role", message: "must be admin for the first key" }],
  });
}

/** The expiry in UTC with milliseconds. Throws a Refusal when it is no time or not in the future. */
export function futureExpiry(text: string, now: number): string {
  const time = Date.parse(text);
  if (time > now) return new Date(time).toISOString();
  const message = Number.isNaN(time) ? "must be an ISO 8601 date or time" : "must be in the future";
  throw new Refusal("invalid", `Cannot create API key: its expiry ${message}`, {
    issues: [{ field: "expires_at", message }],
  });
}

/** Throws a Refusal when nobody could manage the other keys any more. */
export function checkNotLastAdmin(target: StandingKey, standing: readonly StandingKey[], now: number): void {
  const others = standing.filter((key) => key.label !== target.label);
  const isAdmin = (key: StandingKey) => key.role === "admin" && !isExpired(key, now);
  if (!isAdmin(target) || others.length === 0 || others.some(isAdmin)) return;
  throw new Refusal(
    "conflict",
    `Cannot revoke API key "${target.label}": it is the last admin and other keys exist`,
  );
}
