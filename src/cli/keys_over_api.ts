import { z } from "zod";
import { EXIT, Failure } from "./exit.ts";
import type { KeysAccess } from "./keys_access.ts";

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
const PROBLEM = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});

/** An address that one can connect to, of a server that listens on every interface; without the final `/`. */
const reachable = (url: string) =>
  url.replace("//0.0.0.0", "//127.0.0.1").replace("//[::]", "//[::1]").replace(/\/+$/, "");

/** Keys through the API of a running server. */
export function remoteKeys(url: string, token: string | null): KeysAccess {
  const call = async <T>(answered: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${reachable(url)}/api/v1/system/api-keys${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LIMIT_MS),
    }).catch((error: unknown) => {
      throw new Failure(
        EXIT.failure,
        `Cannot reach the server at ${url}: ${error instanceof Error ? error.message : ""}`,
      );
    });
    const text = await answer.text();
    if (!answer.ok) throw new Failure(EXIT.failure, explain(answer.status, text, token === null));
    const parsed = answered.safeParse(text === "" ? undefined : jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new Failure(EXIT.failure, `What answers at ${url} does not answer like a Lumenlog server`);
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

/** Null when it is no JSON: nothing that is waited for is null. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // whoever asked knows what it should be
  }
}

function explain(status: number, text: string, withoutToken: boolean): string {
  if (status === 401 && withoutToken) return "The running server needs an admin's key: give it with --token";
  const problem = PROBLEM.safeParse(jsonOf(text));
  if (!problem.success) return `The server answered with status ${status}`;
  const { title, detail, errors } = problem.data;
  return [detail ?? title, ...errors.map(({ field, message }) => `${field} ${message}`)].join("; ");
}
