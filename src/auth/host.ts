import { type Address, isLoopback, parseAddress } from "./address.ts";

/** A host and port as `Host` and `Origin` carry them. */
export interface HostPort {
  /** Lower case, no final dot; an address in its canonical spelling, without brackets. */
  readonly name: string;
  readonly port: number | null;
  readonly address: Address | undefined;
}

/** `loopback` is this machine speaking to itself; `mdns` is a `.local` name, which anyone on the network may claim. */
export type HostVerdict =
  | { readonly ok: true; readonly host: HostPort; readonly kind: "loopback" | "known" | "mdns" }
  | { readonly ok: false; readonly reason: "host_missing" | "host_malformed" | "host_foreign" };

export interface HostNames {
  /** Names of this machine. */
  readonly own: readonly string[];
  /** Configured ones; one with a port counts at that port only. */
  readonly allowed: readonly HostPort[];
}

const PATTERN = /^(?:\[([0-9a-f.]{0,4}:[0-9a-f:.]{1,44})\]|([a-z0-9._-]{1,255}))(?::(\d{1,5}))?$/i;

/** Reads `name`, `name:port`, `192.0.2.1:80` or `[::1]:80`; anything else, user info and lists too, is undefined. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, bracketed, plain = "", digits] = PATTERN.exec(text) ?? [];
  const port = digits === undefined ? null : Number(digits);
  const name = bracketed ?? withoutFinalDot(plain);
  const address = parseAddress(name);
  if (name === "" || (port ?? 0) > 65_535) return undefined;
  if (bracketed !== undefined && address === undefined) return undefined;
  return { name: address?.text ?? name.toLowerCase(), port, address };
}

/**
 * Whether a server on a private network may answer to this name. A page of a foreign site can point its own name at
 * this machine and be "same origin" with it; it cannot do so with an address or with a name that is known here.
 */
export function classifyHost(header: string | null, { own, allowed }: HostNames): HostVerdict {
  if (header === null || header === "") return { ok: false, reason: "host_missing" };
  const host = parseHostPort(header);
  if (host === undefined) return { ok: false, reason: "host_malformed" };
  const { name, port, address } = host;
  if (name === "localhost" || (address !== undefined && isLoopback(address))) {
    return { ok: true, host, kind: "loopback" };
  }
  const known = address !== undefined ||
    own.some((mine) => withoutFinalDot(mine).toLowerCase() === name) ||
    allowed.some((other) => other.name === name && (other.port === null || other.port === port));
  if (known) return { ok: true, host, kind: "known" };
  return name.endsWith(".local") ? { ok: true, host, kind: "mdns" } : { ok: false, reason: "host_foreign" };
}

const withoutFinalDot = (name: string): string => name.endsWith(".") ? name.slice(0, -1) : name;
