import { type Host, parseHostPort } from "../base/lan_address.ts";
import type { Fields } from "../entities/definition.ts";
import { type Sighting, spell } from "./sighting.ts";
import type { KnownIdentity } from "./store.ts";

/** Which devices are configured: whatever shows itself as one of them is none to be found any more. */
export interface Configured {
  put(id: string, fields: Fields): void;
  /** The name in the device's URL, unless mDNS itself tells of it; undefined when there is none. */
  nameOf(id: string): string | undefined;
  /** All devices that have such a name. */
  named(): readonly { readonly id: string; readonly name: string }[];
  /** Which addresses that name has. */
  locate(id: string, addresses: readonly string[]): void;
  /** What an earlier run learned. */
  recall(known: KnownIdentity): void;
  remove(id: string): void;
  /**
   * True for who is where a device is configured, and for who was once: an address may change. Learns the identity of who is
   * there by the word of that address itself.
   */
  has(sighting: Seen): boolean;
}

type Seen = Pick<Sighting, "identity" | "mac" | "places" | "sender">;

/** `port` is undefined for a device that is not reached where it shows itself, as by DDP: any port is its own. */
interface Place {
  readonly host: Host;
  readonly port: number | undefined;
  readonly text: string;
}

interface Device {
  readonly place: Place;
  readonly keys: Set<string>;
  identity: string | undefined;
}

const PARTS = /^(https?|ddp|sacn|artnet):\/\/([^/?#]*)/;
const MAC = /^[0-9a-f]{12}$/;

export function createConfigured(
  { learned }: { readonly learned: (known: KnownIdentity) => void },
): Configured {
  const devices = new Map<string, Device>();
  /** Ids by `host:port`, by host, and by identity. */
  const ids = new Map<string, Set<string>>();

  const add = (id: string, { keys }: Device, key: string) => {
    keys.add(key);
    ids.set(key, (ids.get(key) ?? new Set()).add(id));
  };
  const remove = (id: string) => {
    for (const key of devices.get(id)?.keys ?? []) {
      const left = ids.get(key);
      left?.delete(id);
      if (left?.size === 0) ids.delete(key);
    }
    devices.delete(id);
  };
  const identify = (id: string, device: Device, identity: string) => {
    device.identity = identity;
    add(id, device, keyOf(identity));
  };

  const nameOf = (id: string) => {
    const host = devices.get(id)?.place.host;
    return host?.kind === "name" && !host.name.endsWith(".local") ? host.name : undefined;
  };

  const learn = (id: string, seen: Seen) => {
    const { identity, mac } = seen;
    const device = devices.get(id);
    // The first that it showed is its own, as another device may get its address; but a name is no more than a name.
    if (device === undefined || (device.identity !== undefined && (mac === null || MAC.test(device.identity)))) return;
    if (device.identity === identity || !speaksFor(device, seen)) return;
    identify(id, device, identity);
    learned({ deviceId: id, identity, place: device.place.text });
  };

  return {
    put: (id, { url }) => {
      const place = typeof url === "string" ? placeOf(url) : undefined;
      if (place !== undefined && place.text === devices.get(id)?.place.text) return;
      remove(id);
      if (place === undefined) return;
      const device: Device = { place, keys: new Set(), identity: undefined };
      devices.set(id, device);
      add(id, device, place.text);
    },
    nameOf,
    named: () =>
      [...devices.keys()].flatMap((id) => {
        const name = nameOf(id);
        return name === undefined ? [] : [{ id, name }];
      }),
    locate: (id, addresses) => {
      const device = devices.get(id);
      if (device === undefined) return;
      for (const address of addresses) {
        const { host } = parseHostPort(address.includes(":") ? `[${address}]` : address) ?? {};
        if (host !== undefined) add(id, device, textOf(host, device.place.port));
      }
    },
    recall: ({ deviceId, identity, place }) => {
      const device = devices.get(deviceId);
      if (device?.place.text === place) identify(deviceId, device, identity);
    },
    remove,
    has: (sighting) => {
      const at = sighting.places.flatMap((place) => [...ids.get(place) ?? [], ...ids.get(hostOf(place)) ?? []]);
      for (const id of at) learn(id, sighting);
      return at.length > 0 || ids.has(keyOf(sighting.identity));
    },
  };
}

/** Anybody can tell of any address: only the device's own counts, or of a name of mDNS any that it has. */
function speaksFor({ place: { host }, keys }: Device, { places, sender }: Seen): boolean {
  const own = places.filter((place) => [sender, `[${sender}]`].includes(hostOf(place)));
  if (host.kind === "name" && host.name.endsWith(".local")) return own.length > 0;
  return own.some((place) => keys.has(place) || keys.has(hostOf(place)));
}

/** Unlike any host. */
const keyOf = (identity: string): string => `=${identity}`;

const hostOf = (place: string): string => place.replace(/:\d+$/, "");

function placeOf(url: string): Place | undefined {
  const [, scheme = "", authority = ""] = PARTS.exec(url) ?? [];
  const parsed = parseHostPort(authority);
  if (parsed === undefined) return undefined;
  const { host } = parsed;
  const usual = scheme === "https" ? 443 : 80;
  const port = scheme.startsWith("http") ? parsed.port ?? usual : undefined;
  return { host, port, text: textOf(host, port) };
}

function textOf(host: Host, port: number | undefined): string {
  const spelt = host.kind === "name" ? host.name : spell(host.address);
  return port === undefined ? spelt : `${spelt}:${port}`;
}
