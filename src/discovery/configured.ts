import { parseHostPort } from "../base/lan_address.ts";
import type { Fields } from "../entities/definition.ts";
import type { Sighting } from "./sighting.ts";

/** Where the configured devices are: whatever shows itself there is none to be found any more. */
export interface Configured {
  put(id: string, fields: Fields): void;
  remove(id: string): void;
  has(sighting: Pick<Sighting, "places">): boolean;
}

const PARTS = /^https?:\/\/([^/?#]*)/;

export function createConfigured(): Configured {
  const places = new Map<string, string>();
  const count = new Map<string, number>();
  const change = (place: string, by: 1 | -1) => {
    const left = (count.get(place) ?? 0) + by;
    if (left > 0) count.set(place, left);
    else count.delete(place);
  };
  const remove = (id: string) => {
    const place = places.get(id);
    if (place !== undefined) change(place, -1);
    places.delete(id);
  };
  return {
    put: (id, { url }) => {
      remove(id);
      const place = typeof url === "string" ? placeOf(url) : undefined;
      if (place === undefined) return;
      places.set(id, place);
      change(place, 1);
    },
    remove,
    has: (sighting) => sighting.places.some((place) => count.has(place)),
  };
}

/** `host:port` of a device that speaks HTTP. */
function placeOf(url: string): string | undefined {
  const parsed = parseHostPort(PARTS.exec(url)?.[1] ?? "");
  if (parsed === undefined) return undefined;
  const { host, port = url.startsWith("https:") ? 443 : 80 } = parsed;
  if (host.kind === "name") return `${host.name}:${port}`;
  return `${host.kind === "ipv4" ? host.address : new URL(`http://[${host.address}]`).hostname}:${port}`;
}
