import { isLanAddress, parseHost } from "../base/lan_address.ts";
import type { Instance } from "./cache.ts";
import { isLinkLocalIPv6 } from "./hosts.ts";

/** A device as it shows itself on the network; every text is clean. */
export interface Sighting {
  /** The same across restarts and addresses: its hardware address, or else the name of its instance. */
  readonly identity: string;
  /** Of a device without one: its type in capitals, and which it is. */
  readonly name: string;
  readonly deviceType: string;
  readonly url: string;
  /** The one in the URL; IPv6 without brackets. */
  readonly address: string;
  /** Its name on the network. */
  readonly host: string;
  /** Twelve hexadecimal digits, if it tells. */
  readonly mac: string | null;
  /** Every way to write where it is, as `host:port`. */
  readonly places: readonly string[];
  /** The address from which it was heard of. */
  readonly sender: string;
}

const MAC = /^mac=([0-9a-f]{12})$/i;
const NO_MACS = ["000000000000", "ffffffffffff"];

/** What an instance shows; undefined when something is missing yet, and for all that is not wholly of the LAN. */
export function sightingOf(
  { label, key, sender, server, texts, addresses }: Instance,
  deviceType: string,
): Sighting | undefined {
  if (server === undefined || server.port < 1 || addresses.length === 0) return undefined;
  const host = parseHost(server.target);
  if (host?.kind !== "name" || !addresses.every((address) => isOfLan(address, sender))) return undefined;
  const [address = ""] = addresses.toSorted((a, b) => rank(a) - rank(b));
  // Of use only together with an interface, which a URL cannot name.
  if (isLinkLocalIPv6(address)) return undefined;
  const mac = macOf(texts);
  const port = server.port === 80 ? "" : `:${server.port}`;
  return {
    identity: mac ?? key,
    name: label ?? `${deviceType.toUpperCase()} ${mac ?? address}`,
    deviceType,
    url: `http://${spell(address)}${port}`,
    address,
    host: host.name,
    mac,
    places: [...addresses.map(spell), host.name].map((each) => `${each}:${server.port}`),
    sender,
  };
}

/** Loopback only from loopback: whoever is elsewhere would point this server at itself. */
const isOfLan = (address: string, sender: string): boolean =>
  isLanAddress(address) && (!isLoopback(address) || isLoopback(sender));

const isLoopback = (address: string): boolean =>
  address.startsWith("127.") || /^(?:::1$|::ffff:|(?:0+:){5})/i.test(address);

/** IPv4 first; a link-local IPv6 address last. */
function rank(address: string): number {
  if (!address.includes(":")) return address.startsWith("169.254.") ? 1 : 0;
  return isLinkLocalIPv6(address) ? 3 : 2;
}

/** As it stands in a URL. */
export const spell = (address: string): string =>
  address.includes(":") ? new URL(`http://[${address}]`).hostname : address;

function macOf(texts: readonly string[]): string | null {
  const mac = texts.map((text) => MAC.exec(text)?.[1]?.toLowerCase()).find((found) => found !== undefined);
  return mac === undefined || NO_MACS.includes(mac) ? null : mac;
}
