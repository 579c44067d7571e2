import { z } from "zod";
import { EXIT, Failure } from "./exit.ts";
import type { KeysAccess } from "./keys_access.ts";
import { bearerOf, jsonOf, noLumenlog, problemText, reachable, unreachable } from "./server_api.ts";

const LIMIT_MS = 5000;

const SHOWN = z.object({
  label: z.string(),
  role: z.string(),
  source: z.string().default("database"),
  expires_at: z.string().nullable().default(null),
  last_used_at: z.string().nullable().default(null),
});
const LIST = z.object({ items: z.array(SHOWN) });
const MADE = SHOWN.extend({ token: z.string() });
const NOTHING = z.undefined();
/** Keys through the API of a running server. */
export function remoteKeys(url: string, token: string | null): KeysAccess {
  const call = async <T>(answered: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${reachable(url)}/api/v1/system/api-keys${path}`, {
      method,
      headers: {
        ...bearerOf(token),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LIMIT_MS),
    }).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    const text = await answer.text();
    if (!answer.ok) throw new Failure(EXIT.failure, explain(answer.status, text, token === null));
    const parsed = answered.safeParse(text === "" ? undefined : jsonOf(text));
    if (parsed.success) return parsed.data;
    throw noLumenlog(url);
  };
  return {
    list: async () => (await call(LIST, "GET", "")).items,
    revoke: (label) => call(NOTHING, "DELETE", `/${encodeURIComponent(label)}`),
    add: async (label, role, expiresAt) => {
      const body = { label, ...(role ? { role } : {}), ...(expiresAt ? { expires_at: expiresAt } : {}) };
      const { token: made, ...key } = await call(MADE, "POST", "", body);
      return { key, token: made };
    },
  };
}

const explain = (status: number, text: string, withoutToken: boolean): string =>
  status === 401 && withoutToken
    ? "The running server needs an admin's key: give it with --token"
    : problemText(status, text);
