import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Api } from "../base/api.ts";
import type { Live } from "../base/live.ts";
import type { LiveMessage } from "../base/messages.ts";
import type { Problem } from "../base/problem.ts";
import { type Entity, ENTITY_VIEWS, type EntityTypeName } from "./types.ts";

/** All entities of a type. What was loaded stays shown while it is read again; `problem` tells of the last attempt. */
export interface EntityList {
  readonly items: readonly Entity[] | undefined;
  readonly problem: Problem | undefined;
}

/** The lists of entities, kept up to date by the live events. */
export interface EntityStore {
  /** Loads the list at its first use. */
  list(type: EntityTypeName): ReadonlySignal<EntityList>;
  reload(type: EntityTypeName): Promise<void>;
  /** Forgets everything, e.g. when somebody else signs in. */
  clear(): void;
}

const GATHER_MS = 60;

export function createEntityStore({ api, live }: { api: Api; live: Pick<Live, "on"> }): EntityStore {
  const lists = new Map<EntityTypeName, Signal<EntityList>>();
  const stale = new Set<EntityTypeName>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const reload = async (type: EntityTypeName) => {
    const list = lists.get(type);
    if (list === undefined) return;
    const answer = await api.get<{ readonly items: readonly Entity[] }>(`/api/v1/${ENTITY_VIEWS[type].path}`);
    if (lists.get(type) !== list) return; // forgotten meanwhile
    list.value = answer.ok
      ? { items: answer.value.items, problem: undefined }
      : { items: list.value.items, problem: answer.problem };
  };
  /** Many changes in a moment are one reading. */
  const reloadSoon = (types: Iterable<EntityTypeName>) => {
    for (const type of types) stale.add(type);
    timer ??= setTimeout(() => {
      timer = undefined;
      const all = [...stale];
      stale.clear();
      void Promise.all(all.map(reload)).catch((error: unknown) => console.error(error));
    }, GATHER_MS);
  };
  const patchDevice = (id: string, change: Readonly<Record<string, unknown>>) => {
    const list = lists.get("device");
    const items = list?.value.items;
    if (!list || !items?.some((item) => item.id === id)) return;
    list.value = { ...list.value, items: items.map((item) => item.id === id ? { ...item, ...change } : item) };
  };

  live.on((message: LiveMessage) => {
    if (message.type === "entity_changed") reloadSoon(lists.has(message.entity_type) ? [message.entity_type] : []);
    else if (message.type === "device_health_changed") {
      const { type: _, device_id, ...health } = message;
      patchDevice(device_id, health);
    } else if (message.type === "device_state_changed") patchDevice(message.device_id, { state: message.state });
    // State messages are not kept for who was away.
    else if (message.type === "auth_ok" || message.type === "resync") reloadSoon(lists.keys());
  });

  return {
    list: (type) => {
      const known = lists.get(type);
      if (known) return known;
      const list = signal<EntityList>({ items: undefined, problem: undefined });
      lists.set(type, list);
      void reload(type).catch((error: unknown) => console.error(error));
      return list;
    },
    reload,
    clear: () => {
      lists.clear();
      stale.clear();
    },
  };
}
