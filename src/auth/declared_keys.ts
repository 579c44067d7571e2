import type { Role } from "../http/route.ts";
import { labelProblem } from "./label.ts";
import { hashToken, tokenProblem } from "./token.ts";

/** A key that the operator declared in the environment. The token itself is forgotten once it is hashed. */
export interface DeclaredKey {
  readonly label: string;
  readonly role: Role;
  readonly hash: Uint8Array;
}

export type DeclaredKeys =
  | { readonly ok: true; readonly keys: readonly DeclaredKey[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The declared keys contradict the database: the server must not start. */
export class KeyConfigurationError extends Error {
  override readonly name = "KeyConfigurationError";
}

const ROLES: Readonly<Record<string, Role>> = { viewer: "viewer", operator: "operator", admin: "admin" };

/**
 * Reads `label:role:token,…`. A token may contain `:` but no comma. Problems speak of entries by number alone: a token
 * with a comma in it falls apart into "entries", so no part of the text is safe to repeat.
 */
export function parseDeclaredKeys(text: string): DeclaredKeys {
  const entries = text.split(",").map((entry) => entry.trim());
  // A list may end in a comma, or be empty.
  while (entries.at(-1) === "") entries.pop();
  const parsed = entries.map(parseEntry);
  const keys = parsed.filter((entry) => typeof entry !== "string");
  const problems = parsed.flatMap((entry, at) => typeof entry === "string" ? [`entry ${at + 1}: ${entry}`] : []);
  problems.push(...repeats(parsed));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, keys };
}

/** The key, or what is wrong with the entry. */
function parseEntry(entry: string): DeclaredKey | string {
  const [, label, roleName, token] = /^([^:]*):([^:]*):(.*)$/s.exec(entry) ?? [];
  if (label === undefined || roleName === undefined || token === undefined) return "must be label:role:token";
  const problem = labelProblem(label);
  if (problem !== undefined) return `the label ${problem}`;
  const role = Object.hasOwn(ROLES, roleName) ? ROLES[roleName] : undefined;
  if (role === undefined) return "the role must be viewer, operator or admin";
  return tokenProblem(token) ?? { label, role, hash: hashToken(token) };
}

/** A shared label or token would make it a matter of chance who a caller is. */
function repeats(parsed: readonly (DeclaredKey | string)[]): readonly string[] {
  const firstAt = new Map<string, number>();
  return parsed.flatMap((entry, at) => {
    if (typeof entry === "string") return [];
    const marks = [["label", entry.label], ["token", entry.hash.join()]] as const;
    return marks.flatMap(([what, value]) => {
      const first = firstAt.get(`${what} ${value}`);
      if (first === undefined) firstAt.set(`${what} ${value}`, at);
      return first === undefined ? [] : [`entry ${at + 1}: the same ${what} as entry ${first + 1}`];
    });
  });
}
