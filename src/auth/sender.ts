import { type Address, groupOf, isLoopback, parseEndpoint } from "./address.ts";
import { isWithin, type Network } from "./network.ts";

/** The connection as the runtime saw it. */
export interface Peer {
  /** Its address as text; a port, brackets or a zone do no harm. */
  readonly address: string;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** Where a call comes from, after trusted proxies. */
export interface Sender {
  /** Its address as text, safe to store; `unknown` when the connection has none. */
  readonly client: string;
  /** What counts as one caller when callers are counted. */
  readonly group: string;
  /** Whether the browser's side of the connection is TLS. */
  readonly secure: boolean;
  /** True when it is a process of this machine that speaks for nobody else. */
  readonly local: boolean;
}

export function findSender(headers: Headers, peer: Peer, trusted: readonly Network[]): Sender {
  const address = parseEndpoint(peer.address);
  if (address === undefined) return { client: "unknown", group: "unknown", secure: peer.secure, local: false };
  const client = isWithin(address, trusted) ? forwardedFor(headers, address, trusted) : address;
  return {
    client: client.text,
    group: groupOf(client),
    secure: (isWithin(address, trusted) ? forwardedScheme(headers) : undefined) ?? peer.secure,
    local: isLoopback(address) && !isForwarded(headers),
  };
}

/** Any such header says that a proxy stands between, whoever wrote it. */
const isForwarded = (headers: Headers): boolean =>
  [...headers.keys()].some((name) => name === "forwarded" || name.startsWith("x-forwarded-"));

/**
 * The rightmost address that is not a trusted proxy's. A proxy knows one of the two headers and hands the other on as
 * the client wrote it; so where both are there and disagree, neither is believed.
 */
function forwardedFor(headers: Headers, peer: Address, trusted: readonly Network[]): Address {
  const chains = [
    values(headers, "x-forwarded-for").map(parseEndpoint),
    forwardedParameter(headers, "for").map((hop) => parseEndpoint(hop ?? "")),
  ].filter((chain) => chain.length > 0);
  const [client = peer, other = client] = chains.map((chain) => rightmostUntrusted(peer, chain, trusted));
  return client.text === other.text ? client : peer;
}

function rightmostUntrusted(peer: Address, chain: readonly (Address | undefined)[], trusted: readonly Network[]) {
  let client = peer;
  for (const hop of chain.toReversed()) {
    // Beyond an untrusted hop everything is hearsay; beyond an unreadable one nothing can be told.
    if (hop === undefined || !isWithin(client, trusted)) break;
    client = hop;
  }
  return client;
}

function forwardedScheme(headers: Headers): boolean | undefined {
  const scheme = values(headers, "x-forwarded-proto").at(-1) ?? forwardedParameter(headers, "proto").at(-1);
  if (scheme?.toLowerCase() === "https") return true;
  return scheme?.toLowerCase() === "http" ? false : undefined;
}

/**
 * One parameter of each element of `Forwarded` (RFC 7239). Commas inside quotes split too: what the nearest proxy
 * appended stays the last element, however a client further out leaves its quotes open.
 */
const forwardedParameter = (headers: Headers, name: string): readonly (string | undefined)[] =>
  values(headers, "forwarded").map((element) => {
    const pairs = element.split(";").map((pair) => /^([a-z]+)="?([^"\s]*)"?$/i.exec(pair.trim()));
    return pairs.find((pair) => pair?.[1]?.toLowerCase() === name)?.[2];
  });

/** The elements of a comma-separated header, all its lines together. */
const values = (headers: Headers, name: string): readonly string[] =>
  headers.get(name)?.split(",").map((value) => value.trim()) ?? [];
