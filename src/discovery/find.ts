import type { Sighting } from "./sighting.ts";
import type { StoredFind } from "./store.ts";

/**
 * - `remembered`: stored by an earlier run, and not heard of yet
 * - `listed`: to be seen
 * - `configured`: a configured device
 * - `lost`: not to be seen any more
 */
export type FindState = "remembered" | "listed" | "configured" | "lost";

/** A device that was found. */
export interface Find {
  readonly id: string;
  readonly firstSeenAt: string;
  sighting: Sighting;
  lastSeenAt: string;
  state: FindState;
  /** Whether a row of the table stands for it. */
  stored: boolean;
  /** Whether an entry says that it was found. */
  recorded: boolean;
  /** When the row was written, in milliseconds since 1970, and what it says. */
  savedAt: number;
  savedAs: string;
  /** When to try again to put it on record. */
  retryAt: number;
}

/** A found device as the API and live messages show it. */
export interface Discovered {
  readonly id: string;
  readonly name: string;
  readonly device_type: string;
  readonly url: string;
  readonly address: string;
  readonly host: string;
  readonly mac: string | null;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
}

export const discoveredOf = ({ id, sighting, firstSeenAt, lastSeenAt }: Find): Discovered => ({
  id,
  name: sighting.name,
  device_type: sighting.deviceType,
  url: sighting.url,
  address: sighting.address,
  host: sighting.host,
  mac: sighting.mac,
  first_seen_at: firstSeenAt,
  last_seen_at: lastSeenAt,
});

export function storedOf({ id, sighting, firstSeenAt, lastSeenAt, state, recorded }: Find): StoredFind {
  const { identity, name, deviceType, url, address, host, mac } = sighting;
  const present = state === "listed" || state === "remembered";
  return { id, identity, name, deviceType, url, address, host, mac, present, recorded, firstSeenAt, lastSeenAt };
}

export function findOf(stored: StoredFind): Find {
  const { id, identity, name, deviceType, url, address, host, mac, present, recorded, firstSeenAt, lastSeenAt } =
    stored;
  const find: Find = {
    id,
    firstSeenAt,
    lastSeenAt,
    sighting: { identity, name, deviceType, url, address, host, mac, places: [placeOf(url)], sender: address },
    state: present ? "remembered" : "lost",
    stored: true,
    recorded,
    savedAt: Date.parse(lastSeenAt),
    savedAs: "",
    retryAt: -Infinity,
  };
  find.savedAs = textOf(find);
  return find;
}

/** What a row says of a device beside when it was seen. */
export const textOf = ({ sighting: { name, url, host } }: Pick<Find, "sighting">): string => `${name}\n${url}\n${host}`;

const placeOf = (url: string): string => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || 80}`;
};
