import type { Cache } from "./cache.ts";
import type { Find } from "./find.ts";
import type { Finds } from "./finds.ts";
import { sightingOf } from "./sighting.ts";

/** Makes devices that are there, or are not, of what is known of instances. One device may have several of these. */
export interface Presence {
  /** Something was heard of these instances. */
  heard(keys: readonly string[]): void;
  /** Looks who is gone by now. */
  expire(): void;
}

export function createPresence(
  { cache, finds, typeOf, seen }: {
    readonly cache: Cache;
    readonly finds: Pick<Finds, "seen" | "gone">;
    readonly typeOf: (service: string) => string | undefined;
    readonly seen: (find: Find) => void;
  },
): Presence {
  /** Which device an instance shows. */
  const identities = new Map<string, string>();
  const instances = new Map<string, Set<string>>();
  /** Whole but for what usually comes with the rest. */
  const unsettled = new Set<string>();

  const leave = (key: string): void => {
    const identity = identities.get(key);
    if (identity === undefined) return;
    identities.delete(key);
    instances.get(identity)?.delete(key);
    const next = newestOf(identity);
    if (next !== undefined) return look(next);
    instances.delete(identity);
    finds.gone(identity);
  };

  /** A device that was renamed has its old name beside the new one for a while: what it told last is what it is. */
  const newestOf = (identity: string) => [...instances.get(identity) ?? []].at(-1);

  const enter = (key: string, identity: string) => {
    identities.set(key, identity);
    instances.set(identity, (instances.get(identity) ?? new Set()).add(key));
  };

  const look = (key: string): void => {
    unsettled.delete(key);
    const instance = cache.find(key);
    const type = instance && typeOf(instance.service);
    const sighting = instance && type !== undefined ? sightingOf(instance, type) : undefined;
    if (sighting === undefined) return leave(key);
    if (!instance?.settled) return void unsettled.add(key);
    if (identities.get(key) !== sighting.identity) leave(key);
    enter(key, sighting.identity);
    if (newestOf(sighting.identity) === key) seen(finds.seen(sighting));
  };

  return {
    heard: (keys) => keys.forEach(look),
    expire: () => {
      const { gone, changed } = cache.expire();
      for (const key of gone) {
        unsettled.delete(key);
        leave(key);
      }
      for (const key of [...changed, ...unsettled]) look(key);
    },
  };
}
