import { type ApiClient, ENTITY } from "./api_client.ts";
import type { Random } from "../support/random.ts";

const PATHS = ["gradients", "devices", "scene-presets"] as const;
type Path = typeof PATHS[number];
export const TYPES: Readonly<Record<Path, string>> = {
  "gradients": "gradient",
  "devices": "device",
  "scene-presets": "scene_preset",
};

/** One request for a change. The name is what its entry must carry; nothing else has it at that time. */
export interface Attempt {
  readonly action: "entity.created" | "entity.updated" | "entity.deleted";
  readonly type: string;
  /** Null for what is to be created, until it is acknowledged. */
  readonly id: string | null;
  readonly name: string;
}

export interface Acknowledged extends Attempt {
  readonly id: string;
  readonly status: number;
  readonly requestId: string;
}

interface Owned {
  readonly path: Path;
  readonly id: string;
  readonly name: string;
}

/** A caller that changes only what it made itself, one request after the other. */
export interface Caller {
  /** What it makes is named after it. */
  readonly name: string;
  /** In the order of the answers. */
  readonly acknowledged: readonly Acknowledged[];
  /** Sent, and not answered when the server died. */
  underWay(): Attempt | undefined;
  /** Goes on until the server answers no more; rejects when it answers anything but a success. */
  run(api: ApiClient): Promise<void>;
}

export function createCaller(caller: string, random: Random): Caller {
  const acknowledged: Acknowledged[] = [];
  const owned: Owned[] = [];
  let attempt: Attempt | undefined;
  let made = 0;

  const ask = async (api: ApiClient, next: Attempt, method: string, path: string, body?: unknown) => {
    attempt = next;
    const { status, requestId, json } = await api.call(method, `/api/v1/${path}`, body);
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    const id = next.id ?? ENTITY.parse(json).id;
    acknowledged.push({ ...next, id, status, requestId });
    attempt = undefined;
    return id;
  };
  const create = async (api: ApiClient) => {
    const path = random.pick(PATHS);
    const name = `${caller} ${made++}`;
    const body = { name, ...(path === "devices" ? { device_type: "virtual" } : {}) };
    const id = await ask(api, { action: "entity.created", type: TYPES[path], id: null, name }, "POST", path, body);
    owned.push({ path, id, name });
  };
  const rename = async (api: ApiClient, at: number) => {
    const { path, id } = owned[at]!;
    const name = `${caller} ${made++}`;
    await ask(api, { action: "entity.updated", type: TYPES[path], id, name }, "PUT", `${path}/${id}`, { name });
    owned[at] = { path, id, name };
  };
  const remove = async (api: ApiClient, at: number) => {
    const [{ path, id, name }] = owned.splice(at, 1) as [Owned]; // callers give a place that exists
    await ask(api, { action: "entity.deleted", type: TYPES[path], id, name }, "DELETE", `${path}/${id}`);
  };
  return {
    name: caller,
    acknowledged,
    underWay: () => attempt,
    run: async (api) => {
      try {
        for (;;) {
          if (owned.length === 0 || random.chance(0.4)) await create(api);
          else if (random.chance(0.6)) await rename(api, random.int(owned.length));
          else await remove(api, random.int(owned.length));
        }
      } catch (error) {
        // A server that was killed answers no more, or breaks off: a fetch tells of that with a TypeError.
        if (!(error instanceof TypeError)) throw error;
      }
    },
  };
}
