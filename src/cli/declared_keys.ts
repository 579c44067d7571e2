import { type DeclaredKey, parseDeclaredKeys } from "../auth/declared_keys.ts";
import type { Config } from "../config.ts";
import { EXIT, Failure } from "./exit.ts";

/** The keys that the configuration declares. Throws a Failure that repeats no part of any. */
export function declaredKeysOf({ apiKeys }: Config): readonly DeclaredKey[] {
  const parsed = parseDeclaredKeys(apiKeys);
  if (parsed.ok) return parsed.keys;
  throw new Failure(EXIT.usage, `Cannot use LUMENLOG_API_KEYS: ${parsed.problems.join("; ")}`);
}
