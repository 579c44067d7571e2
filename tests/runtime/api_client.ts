import { z } from "zod";

export const ENTRY = z.strictObject({
  id: z.string(),
  ts: z.string(),
  category: z.string(),
  action: z.string(),
  severity: z.string(),
  actor: z.string(),
  entity_type: z.string().nullable(),
  entity_id: z.string().nullable(),
  entity_name: z.string().nullable(),
  message: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Entry = z.output<typeof ENTRY>;

export const ENTITY = z.looseObject({ id: z.string(), name: z.string() });
export type Entity = z.output<typeof ENTITY>;

const ENTITIES = z.object({ items: z.array(ENTITY), total: z.number() });
const PAGE = z.looseObject({ entries: z.array(ENTRY), next_before_seq: z.number().nullable(), has_more: z.boolean() });
const HEALTH = z.looseObject({ audit: z.looseObject({ head_seq: z.int() }) });
const MADE_KEY = z.looseObject({ label: z.string(), token: z.string() });

export interface Answer {
  readonly status: number;
  readonly requestId: string;
  /** Parsed; undefined where there is no body. */
  readonly json: unknown;
}

/** The API as a program uses it. Every call that is not answered as expected rejects with what was answered. */
export interface ApiClient {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  create(path: string, body: unknown): Promise<Entity>;
  update(path: string, id: string, body: unknown): Promise<Entity>;
  remove(path: string, id: string): Promise<void>;
  list(path: string): Promise<readonly Entity[]>;
  /** The newest entries that match, newest first. */
  entries(query?: string): Promise<readonly Entry[]>;
  /** The newest seq. */
  head(): Promise<number>;
  createKey(key: { readonly label: string; readonly role?: string; readonly expires_at?: string }): Promise<string>;
  revokeKey(label: string): Promise<void>;
}

export function createApiClient(url: string, token?: string): ApiClient {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const requestId = response.headers.get("x-request-id") ?? "";
    return { status: response.status, requestId, json: text === "" ? undefined : JSON.parse(text) };
  };
  const expect = async (status: number, method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    if (answer.status === status) return answer.json;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  };
  return {
    call,
    create: async (path, body) => ENTITY.parse(await expect(201, "POST", `/api/v1/${path}`, body)),
    update: async (path, id, body) => ENTITY.parse(await expect(200, "PUT", `/api/v1/${path}/${id}`, body)),
    remove: async (path, id) => void await expect(204, "DELETE", `/api/v1/${path}/${id}`),
    list: async (path) => ENTITIES.parse(await expect(200, "GET", `/api/v1/${path}`)).items,
    entries: async (query = "") => PAGE.parse(await expect(200, "GET", `/api/v1/activity-log?${query}`)).entries,
    head: async () => HEALTH.parse(await expect(200, "GET", "/health")).audit.head_seq,
    createKey: async (key) => MADE_KEY.parse(await expect(201, "POST", "/api/v1/system/api-keys", key)).token,
    revokeKey: async (label) => void await expect(204, "DELETE", `/api/v1/system/api-keys/${label}`),
  };
}
