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
/** So long an address is used that cannot be looked up again: name services have their bad minutes. */
const KEPT_FOR_MS = 120_000;
/** A name that is not there may come at any moment. */
const UNKNOWN_FOR_MS = 3000;
/** Names that are no longer used go with the others. */
const MOST_NAMES = 1024;

interface Known {
  found: Promise<Found>;
  /** From then on it is looked up behind those who ask; from `until` on they wait for it. On the clock of `now`. */
  fresh: number;
  until: number;
}

export function createLanNames(resolve: Resolve, now: () => number = () => performance.now()): LanNames {
  const all = new Map<string, Known>();

  const lookUp = async (host: Host): Promise<Found> => {
    const limit = createLimit(LOOKUP_MS, undefined);
    try {
      const addresses = await lanAddresses(host, { resolve, limit: limit.signal });
      const reason = addresses === "not_lan" ? addresses : "unresolved"; // whoever is late here is no device
      const [address] = typeof addresses === "string" ? [] : addresses;
      return address === undefined ? { ok: false, reason, sent: false } : { ok: true, address };
    } finally {
      limit.cancel();
    }
  };

  const take = (known: Known, outcome: Found) => {
    known.found = Promise.resolve(outcome);
    known.fresh = now() + (outcome.ok ? KNOWN_FOR_MS : UNKNOWN_FOR_MS);
    known.until = now() + (outcome.ok ? KEPT_FOR_MS : UNKNOWN_FOR_MS);
    return outcome;
  };

  /** Callers wait for it; one promise for all of them keeps them in order. */
  const first = (name: string, host: Host): Known => {
    if (all.size >= MOST_NAMES) all.clear();
    const known: Known = { found: lookUp(host), fresh: Infinity, until: Infinity };
    known.found = known.found.then((outcome) => take(known, outcome));
    all.set(name, known);
    return known;
  };

  /** Callers go on with the address that they had, which was one of the LAN. */
  const again = (known: Known, host: Host) => {
    known.fresh = now() + UNKNOWN_FOR_MS;
    void lookUp(host).then((outcome) => {
      if (outcome.ok || outcome.reason === "not_lan") take(known, outcome);
    }).catch(() => {}); // it never rejects
  };

  return {
    addressOf: async (host) => {
      const name = host.kind === "name" ? host.name : host.address;
      const known = all.get(name);
      if (known === undefined || known.until <= now()) return await first(name, host).found;
      if (known.fresh <= now()) again(known, host);
      return await known.found;
    },
  };
}
