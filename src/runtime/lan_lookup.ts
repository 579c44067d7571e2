import { lookup } from "node:dns/promises";
import { canonicalAddress, type Host, isLanAddress } from "../base/lan_address.ts";
import type { OfflineReason } from "../devices/device_http.ts";
import { unlessAborted } from "./limit.ts";

/** The addresses that a name has here; rejects when it has none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export const lookedUp: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/** Where the host is, spelled canonically, IPv4 first, or why it may not be asked. One address outside of the LAN condemns them all. */
export async function lanAddresses(
  host: Host | undefined,
  { resolve, limit }: { readonly resolve: Resolve; readonly limit: AbortSignal },
): Promise<readonly string[] | OfflineReason> {
  if (host === undefined) return "unresolved";
  const found = host.kind === "name" ? await unlessAborted(limit, resolve(host.name)) : [host.address];
  if (found === undefined) return limit.aborted ? "timeout" : "unresolved";
  if (found.length === 0) return "unresolved";
  if (!found.every(isLanAddress)) return "not_lan";
  return found.map(canonicalAddress).toSorted((a, b) => Number(a.includes(":")) - Number(b.includes(":")));
}
