import { z } from "zod";
import type { BackupAccess } from "./backup_access.ts";
import { EXIT, Failure } from "./exit.ts";
import { bearerOf, jsonOf, noLumenlog, problemText, reachable, unreachable } from "./server_api.ts";

const SHOWN = z.object({ filename: z.string(), kind: z.string(), size: z.int(), created_at: z.string() });
const LIST = z.object({ items: z.array(SHOWN) });
const RESTORED = z.object({ from_seq: z.int(), carried: z.int(), safety_copy: z.string() });

/** Backups through the API of a running server. Without a time limit: a large database takes its time. */
export function remoteBackups(url: string, token: string | null, signal: AbortSignal): BackupAccess {
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${reachable(url)}/api/v1/backups${path}`, {
      method,
      headers: { ...bearerOf(token), ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
    }).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    if (answer.ok) return answer;
    throw new Failure(EXIT.failure, explain(answer.status, await answer.text(), token === null));
  };
  const call = async <T>(answered: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> => {
    const parsed = answered.safeParse(jsonOf(await (await ask(method, path, body)).text()));
    if (parsed.success) return parsed.data;
    throw noLumenlog(url);
  };
  return {
    create: () => call(SHOWN, "POST", ""),
    list: async () => (await call(LIST, "GET", "")).items,
    download: async (filename) => {
      const { body } = await ask("GET", `/${encodeURIComponent(filename)}`);
      if (body === null) throw noLumenlog(url);
      return body;
    },
    restore: (filename, keys) => call(RESTORED, "POST", `/${encodeURIComponent(filename)}/restore`, { keys }),
  };
}

const explain = (status: number, text: string, withoutToken: boolean): string =>
  status === 401 && withoutToken
    ? "The running server needs an admin's key: give it with --token or LUMENLOG_TOKEN"
    : problemText(status, text);
