import { isLanAddress } from "../base/lan_address.ts";
import type { Log } from "../base/log.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { Hearing, Mdns } from "../discovery/mdns.ts";
import { type InterfaceAddress, listInterfaces, type Place, placesOf, withoutZone } from "./mdns_interfaces.ts";
import { type OpenLink, openLink } from "./mdns_link.ts";
import { createGate } from "./mdns_gate.ts";

/** The network may go away and come back. */
const LOOK_MS = 5000;

/**
 * Multicast DNS with one socket for each address of this machine, as only that works everywhere. `only`: the address of the
 * one interface to use; null for all but loopback.
 */
export function createMdns(
  { only, log, clock, turn, interfaces = listInterfaces }: {
    readonly only: string | null;
    readonly log: Pick<Log, "warning" | "info">;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly interfaces?: () => readonly InterfaceAddress[];
  },
): Mdns {
  const links = new Map<string, OpenLink>();
  let hearings: readonly Hearing[] = [];
  let cancel = () => {};
  let stopped = false;
  let known: string | null = null;
  let failure = "";

  const problem = (): string | null => {
    if ([...links.values()].some((link) => link.works())) return null;
    if (links.size === 0 && failure === "") {
      return only === null
        ? "This machine is on no network where devices could be searched for."
        : `This machine has no interface with the address ${only}.`;
    }
    return `Multicast DNS cannot be used on this machine now (${failure || "no answer from the system"}).`;
  };

  const tellIfChanged = () => {
    const now = problem();
    if (now === known) return;
    if (now === null) log.info("Devices are searched for by mDNS again");
    else log.warning("Devices cannot be searched for by mDNS", { reason: now });
    known = now;
  };

  const open = (place: Place) => {
    const gate = createGate(clock.now);
    try {
      const link = openLink(place, {
        hears: (sender, cost) => {
          const address = withoutZone(sender);
          return place.hears(address) && isLanAddress(address) && gate(address, cost);
        },
        hearings,
        failed: (error) => {
          failure = codeOf(error);
        },
        ended: () => {
          void close(place.key).catch(() => {}); // it is over either way
          tellIfChanged();
        },
      });
      links.set(place.key, link);
    } catch (error) {
      failure = codeOf(error);
    }
  };

  const close = (key: string): Promise<void> => {
    const link = links.get(key);
    links.delete(key);
    return link?.close() ?? Promise.resolve();
  };

  const look = () => {
    const wanted = new Map(placesOf(interfaces(), only).map((place) => [place.key, place] as const));
    if (wanted.size === 0) failure = "";
    for (const key of [...links.keys()]) if (!wanted.has(key)) void close(key).catch(() => {}); // it is gone either way
    for (const [key, place] of wanted) if (!links.has(key)) open(place);
  };

  const watch = () => {
    if (stopped) return;
    tellIfChanged();
    look();
    cancel = turn.delay(watch, LOOK_MS);
  };

  return {
    start: (given) => {
      hearings = given;
      look();
      // Opening takes a moment: whether it works shows at the next look.
      cancel = turn.delay(watch, LOOK_MS);
    },
    query: (questions) => {
      for (const link of links.values()) link.query(questions);
    },
    problem,
    stop: async () => {
      stopped = true;
      cancel();
      await Promise.all([...links.keys()].map(close));
    },
  };
}

/** The system's word for what went wrong. */
function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
