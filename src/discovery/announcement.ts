import type { Turn } from "../audit/ports.ts";
import type { Log } from "../base/log.ts";
import type { Hearing, Link, Mdns, MdnsRecord } from "./mdns.ts";
import { farewell, instancesOf, labelOf, ownRecords, type OwnService, targetOf } from "./own_records.ts";
import { createReplies } from "./replies.ts";

/** This server's own presence on the network. */
export interface Announcement {
  readonly hearing: Hearing;
  /** Says goodbye; bounded by the links. */
  stop(): Promise<void>;
}

/** Three questions whether somebody has the name, as RFC 6762 asks for. */
const PROBES = 3;
const PROBE_MS = 250;
const AGAIN_MS = 1000;
const MOST_NAMES = 9;

export function createAnnouncement(
  { mdns, turn, clock, log, own, reachable }: {
    readonly mdns: Pick<Mdns, "query">;
    readonly turn: Pick<Turn, "delay">;
    readonly clock: { now(): number };
    readonly log: Pick<Log, "warning">;
    /** Asked once there is a link, which is after the server listens. */
    readonly own: () => OwnService;
    /** Whether others reach this server at an address of this machine. */
    readonly reachable: (address: string) => boolean;
  },
): Announcement {
  const links = new Set<Link>();
  const replies = createReplies({ turn, clock });
  let state: "idle" | "probing" | "announced" | "silent" = "idle";
  let count = 1;
  let defended = false;
  let cancel = () => {};

  const addressesOf = ({ addresses }: Link) => addresses.filter(reachable);
  const recordsOf = (link: Link) => ownRecords(own(), labelOf(own(), count), addressesOf(link));
  const tell = (link: Link, records: readonly MdnsRecord[]) => void link.respond(records).catch(() => {}); // it is gone

  const announceOn = (link: Link) => {
    if (state === "announced" && links.has(link)) tell(link, recordsOf(link));
  };
  const announceTwice = (some: readonly Link[]) => {
    some.forEach(announceOn);
    turn.delay(() => some.forEach(announceOn), AGAIN_MS);
  };

  const probe = (round = 0) => {
    if (round === PROBES) {
      state = "announced";
      return announceTwice([...links]);
    }
    mdns.query(instancesOf(own(), labelOf(own(), count)).map((name) => ({ name, type: "ANY" })));
    cancel = turn.delay(() => probe(round + 1), PROBE_MS);
  };

  const rename = () => {
    cancel();
    if (state === "announced") { for (const link of links) tell(link, farewell(recordsOf(link))); }
    count += 1;
    defended = false;
    state = count > MOST_NAMES ? "silent" : "probing";
    if (state === "probing") return probe();
    log.warning("This server is not announced: every name for it is taken", { name: labelOf(own(), 1) });
  };

  /** Whoever has the name already keeps it; whoever insists gets it. */
  const dispute = () => {
    if (state === "probing" || defended) return rename();
    defended = true;
    announceTwice([...links]);
  };

  const isRival = (record: MdnsRecord): boolean => {
    if (record.type !== "SRV" || record.ttl === 0) return false;
    const names = instancesOf(own(), labelOf(own(), count)).map((name) => name.toLowerCase());
    const isOurs = record.target.toLowerCase() === targetOf(own()) && record.port === own().port;
    return names.includes(record.name.toLowerCase()) && !isOurs;
  };

  return {
    hearing: {
      answered: (records) => {
        if ((state === "probing" || state === "announced") && records.some(isRival)) dispute();
      },
      asked: (questions, known, link) => {
        if (state === "announced" && links.has(link)) replies.reply(link, questions, known, recordsOf(link));
      },
      linked: (link) => {
        if (addressesOf(link).length === 0) return;
        links.add(link);
        if (state === "announced") announceTwice([link]);
        if (state === "idle") {
          state = "probing";
          probe();
        }
      },
      unlinked: (link) => {
        links.delete(link);
        replies.drop(link);
      },
    },
    stop: async () => {
      cancel();
      const told = state === "announced" ? [...links] : [];
      const records = told.map((link) => farewell(recordsOf(link)));
      state = "silent";
      for (const link of links) replies.drop(link);
      await Promise.all(told.map((link, index) => link.respond(records[index] ?? [])));
    },
  };
}
