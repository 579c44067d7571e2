import { isIPv4, isIPv6 } from "node:net";

/** A host as written in an address: dotted IPv4, IPv6 without brackets, or a name. */
export type Host =
  | { readonly kind: "ipv4" | "ipv6"; readonly address: string }
  | { readonly kind: "name"; readonly name: string };

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*([a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)$/i;
/** A last label that resolvers take for a number, so that `0x7f.1` and `2130706433` pass for addresses. */
const NUMBER_LABEL = /^(?:\d+|0x[0-9a-f]*)$/i;

const ipv4Bytes = (text: string): readonly number[] => text.split(".").map(Number);

/** The eight groups of a valid IPv6 address, from its canonical spelling. */
function ipv6Groups(text: string): readonly number[] {
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = canonical.split("::").map((half) => half === "" ? [] : half.split(":"));
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].map((group) => parseInt(group, 16));
}

/** Without a zone, which only this machine could read. */
const isPlainIPv6 = (text: string): boolean => isIPv6(text) && !text.includes("%");

const isLanIpv4 = ([a, b]: readonly number[]): boolean =>
  a === 10 || a === 127 || (a === 172 && b !== undefined && b >= 16 && b <= 31) || (a === 192 && b === 168) ||
  (a === 169 && b === 254);

/** The bytes of the IPv4 address in an IPv4-mapped one. */
function mappedBytes(groups: readonly number[]): readonly number[] | undefined {
  const [sixth, high = 0, low = 0] = groups.slice(5);
  if (sixth !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return undefined;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff];
}

function isLanIpv6(groups: readonly number[]): boolean {
  const mapped = mappedBytes(groups);
  if (mapped) return isLanIpv4(mapped);
  const [first = 0] = groups;
  if (groups.slice(0, 7).every((group) => group === 0)) return groups[7] === 1;
  return (first & 0xffc0) === 0xfe80 || (first & 0xfe00) === 0xfc00;
}

/**
 * True for a literal private (RFC 1918), unique local (RFC 4193), link-local or loopback address, IPv4-mapped IPv6
 * included. False for every other address and for names.
 */
export function isLanAddress(address: string): boolean {
  if (isIPv4(address)) return isLanIpv4(ipv4Bytes(address));
  return isPlainIPv6(address) && isLanIpv6(ipv6Groups(address));
}

/** True for a literal address of many at once: multicast, or the broadcast of every network. */
export function isGroupAddress(address: string): boolean {
  const plain = canonicalAddress(address);
  if (isIPv4(plain)) return /^(?:22[4-9]|23\d)\./.test(plain) || plain === "255.255.255.255";
  return isPlainIPv6(plain) && plain.startsWith("ff");
}

/** The one spelling of a literal address, in which two can be compared. An IPv4-mapped one is its IPv4 address. */
export function canonicalAddress(address: string): string {
  if (!isPlainIPv6(address)) return address;
  return mappedBytes(ipv6Groups(address))?.join(".") ?? new URL(`http://[${address}]`).hostname.slice(1, -1);
}

/** Parses a host strictly; IPv6 stands in brackets. Undefined for anything that two readers could read differently. */
export function parseHost(text: string): Host | undefined {
  if (text.startsWith("[") && text.endsWith("]")) {
    const address = text.slice(1, -1).toLowerCase();
    return isPlainIPv6(address) ? { kind: "ipv6", address } : undefined;
  }
  if (isIPv4(text)) return { kind: "ipv4", address: text };
  const lastLabel = NAME.exec(text)?.[1];
  if (lastLabel === undefined || NUMBER_LABEL.test(lastLabel)) return undefined;
  return { kind: "name", name: text.toLowerCase() };
}

/** Splits `host[:port]`; the port is 1..65535 and has no leading zero. */
export function parseHostPort(text: string): { readonly host: Host; readonly port: number | undefined } | undefined {
  const parts = /^(\[[^\]]*\]|[^:[\]]*)(?::([1-9]\d{0,4}))?$/.exec(text);
  const host = parts?.[1] === undefined ? undefined : parseHost(parts[1]);
  const port = parts?.[2] === undefined ? undefined : Number(parts[2]);
  if (host === undefined || (port !== undefined && port > 65535)) return undefined;
  return { host, port };
}

/** True for `localhost` and loopback addresses, as they are written for a socket to listen on. */
export const isLoopbackHost = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
