import { isIPv4, isIPv6 } from "node:net";

/** An IP address. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export interface Address {
  readonly family: 4 | 6;
  /** The one canonical spelling; no zone, no brackets. */
  readonly text: string;
  readonly value: bigint;
}

/** Reads an address alone: `192.0.2.1`, `2001:db8::1`, `fe80::1%eth0` (the zone is dropped). */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return version4(parseDotted(text));
  const bare = text.replace(/%.*$/s, "");
  if (!isIPv6(bare)) return undefined;
  const value = parseGroups(spell(bare));
  return value >> 32n === 0xffffn ? version4(value & 0xffffffffn) : { family: 6, text: spell(bare), value };
}

/** Reads an address as peers and proxies write it: perhaps in brackets, perhaps with a port. */
export function parseEndpoint(text: string): Address | undefined {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(text) ?? [];
  return parseAddress(bracketed ?? dotted ?? text);
}

/** True for 127.0.0.0/8 and ::1. */
export const isLoopback = ({ family, value }: Address): boolean => family === 4 ? value >> 24n === 127n : value === 1n;

/** Who counts as one caller: an IPv4 address, or the /64 that one household or host has of IPv6. */
export const groupOf = ({ family, text, value }: Address): string =>
  family === 4 ? text : `${spell(formatGroups((value >> 64n) << 64n))}/64`;

const version4 = (value: bigint): Address => ({ family: 4, text: formatDotted(value), value });

const parseDotted = (text: string): bigint => text.split(".").reduce((value, part) => value << 8n | BigInt(part), 0n);

const formatDotted = (value: bigint): string => [24n, 16n, 8n, 0n].map((bits) => value >> bits & 0xffn).join(".");

/** The canonical spelling of a valid IPv6 address: lower case, shortest, no dotted part. */
const spell = (text: string): string => new URL(`http://[${text}]`).hostname.slice(1, -1);

const formatGroups = (value: bigint): string => value.toString(16).padStart(32, "0").replace(/(.{4})(?=.)/g, "$1:");

function parseGroups(canonical: string): bigint {
  const [head = [], tail = []] = canonical.split("::").map((side) => side === "" ? [] : side.split(":"));
  const zeros = new Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].reduce((value, group) => value << 16n | BigInt(`0x${group}`), 0n);
}
