import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Api } from "../base/api.ts";
import { byName } from "../base/by_name.ts";
import type { Live } from "../base/live.ts";
import type { LiveMessage } from "../base/messages.ts";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { browserTimer, type Timer } from "../base/timer.ts";
import { createRefresh } from "./refresh.ts";
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
  /** Reads the list again; at most one reading of a type is under way. */
  reload(type: EntityTypeName): Promise<void>;
  /** Forgets everything, e.g. when somebody else signs in. */
  clear(): void;
}

const GATHER_MS = 60;

export interface EntityStoreDeps {
  readonly api: Pick<Api, "get">;
  readonly live: Pick<Live, "on">;
  readonly timer?: Timer;
}

interface Followed {
  readonly list: Signal<EntityList>;
  readonly reload: () => Promise<void>;
}

export function createEntityStore({ api, live, timer = browserTimer() }: EntityStoreDeps): EntityStore {
  const lists = new Map<EntityTypeName, Followed>();
  const stale = new Set<EntityTypeName>();
  let gathering = false;

  const read = async (type: EntityTypeName, list: Signal<EntityList>) => {
    const isForgotten = () => lists.get(type)?.list !== list;
    if (isForgotten()) return;
    const answer = await api.get<{ readonly items: readonly Entity[] }>(`/api/v1/${ENTITY_VIEWS[type].path}`);
    if (isForgotten()) return;
    list.value = answer.ok
      ? { items: byName(answer.value.items), problem: undefined }
      : { items: list.value.items, problem: answer.problem };
  };
  const follow = (type: EntityTypeName): Followed => {
    const list = signal<EntityList>({ items: undefined, problem: undefined });
    const followed = { list, reload: createRefresh(() => read(type, list), timer) };
    lists.set(type, followed);
    return followed;
  };
  const reload = async (type: EntityTypeName) => await lists.get(type)?.reload();
  /** Many changes in a moment are one reading. */
  const reloadSoon = (types: Iterable<EntityTypeName>) => {
    for (const type of types) stale.add(type);
    if (gathering) return;
    gathering = true;
    timer.after(GATHER_MS, () => {
      gathering = false;
      const all = [...stale];
      stale.clear();
      void Promise.all(all.map(reload)).catch(report);
    });
  };
  const patchDevice = (id: string, change: Readonly<Record<string, unknown>>) => {
    const list = lists.get("device")?.list;
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
      if (known) return known.list;
      const { list, reload } = follow(type);
      void reload().catch(report);
      return list;
    },
    reload,
    clear: () => {
      lists.clear();
      stale.clear();
    },
  };
}
