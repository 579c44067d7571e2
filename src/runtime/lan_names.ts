import type { Host } from "../base/lan_address.ts";
import type { DeviceFailure } from "../devices/device_http.ts";
import { lanAddresses, type Resolve } from "./lan_lookup.ts";
import { createLimit } from "./limit.ts";

type Found = { readonly ok: true; readonly address: string } | DeviceFailure;

/** Where hosts of the LAN are, looked up again now and then: for streams, which ask many times a second. */
export interface LanNames {
  /** Callers for one host are answered in the order in which they asked. Never rejects. */
  addressOf(host: Host): Promise<Found>;
}

const LOOKUP_MS = 1000;
const KNOWN_FOR_MS = 30_000;
/** A name that is not there may come at any moment. */
const UNKNOWN_FOR_MS = 3000;
/** Names that are no longer used go with the others. */
const MOST_NAMES = 1024;

export function createLanNames(resolve: Resolve): LanNames {
  const known = new Map<string, { readonly found: Promise<Found>; until: number }>();

  const lookUp = async (host: Host): Promise<Found> => {
    const limit = createLimit(LOOKUP_MS, undefined);
    try {
      const addresses = await lanAddresses(host, { resolve, limit: limit.signal });
      const reason = typeof addresses === "string" ? addresses : "unresolved";
      const [address] = typeof addresses === "string" ? [] : addresses;
      return address === undefined ? { ok: false, reason, sent: false } : { ok: true, address };
    } finally {
      limit.cancel();
    }
  };

  const remember = (name: string, host: Host) => {
    if (known.size >= MOST_NAMES) known.clear();
    const entry = { found: lookUp(host), until: performance.now() + KNOWN_FOR_MS };
    entry.found = entry.found.then((outcome) => {
      if (!outcome.ok) entry.until = performance.now() + UNKNOWN_FOR_MS;
      return outcome;
    });
    known.set(name, entry);
    return entry;
  };

  return {
    addressOf: async (host) => {
      const name = host.kind === "name" ? host.name : host.address;
      const entry = known.get(name);
      // One promise for all of them keeps them in order.
      return await (entry && entry.until > performance.now() ? entry : remember(name, host)).found;
    },
  };
}
