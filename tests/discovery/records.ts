import type { MdnsRecord } from "../../src/discovery/mdns.ts";

export const SERVICE = "_wled._tcp.local";

/** What a controller tells of itself. */
export interface Told {
  readonly name?: string;
  readonly address?: string;
  readonly addresses?: readonly string[];
  readonly port?: number;
  readonly target?: string;
  readonly mac?: string | null;
  /** Of where it is, in seconds; its name holds much longer. */
  readonly ttl?: number;
  readonly texts?: readonly string[];
}

/** The records of one controller, as a WLED sends them. */
export function controller(
  { name = "Shelf", address = "192.168.1.20", addresses = [address], port = 80, mac = null, ttl = 120, ...rest }: Told =
    {},
): readonly MdnsRecord[] {
  const instance = `${name}.${SERVICE}`;
  const target = rest.target ?? `wled-${address.replaceAll(/\W/g, "-")}.local`;
  return [
    { type: "PTR", name: SERVICE, ttl: ttl === 0 ? 0 : 4500, target: instance },
    { type: "SRV", name: instance, ttl, target, port },
    {
      type: "TXT",
      name: instance,
      ttl: ttl === 0 ? 0 : 4500,
      texts: rest.texts ?? (mac === null ? [] : [`mac=${mac}`]),
    },
    ...addresses.map((each): MdnsRecord => ({
      type: each.includes(":") ? "AAAA" : "A",
      name: target,
      ttl,
      flush: true,
      address: each,
    })),
  ];
}
