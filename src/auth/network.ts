import { type Address, parseAddress } from "./address.ts";

/** All addresses that share the first bits with this one. */
export interface Network {
  readonly family: 4 | 6;
  readonly value: bigint;
  /** How many bits at the end are free. */
  readonly free: bigint;
}

/** Reads an address or a CIDR block: `192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`. */
export function parseNetwork(text: string): Network | undefined {
  const [, start = "", length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(start);
  if (address === undefined) return undefined;
  const { family, value } = address;
  const written = start.includes(":") ? 128 : 32;
  const free = written - Number(length ?? written);
  return free < 0 || free > (family === 4 ? 32 : 128) ? undefined : { family, value, free: BigInt(free) };
}

export const isWithin = (address: Address, networks: readonly Network[]): boolean =>
  networks.some(({ family, value, free }) => family === address.family && value >> free === address.value >> free);
