// @ts-types="./multicast_dns.d.ts"
import multicastDns from "multicast-dns";
import type { Hearing, Link, MdnsQuestion, MdnsRecord } from "../discovery/mdns.ts";
import type { Place } from "./mdns_interfaces.ts";
import { packetsOf, questionsOf, rawRecord, recordsOf } from "./mdns_records.ts";
import { openGuardedSocket } from "./mdns_socket.ts";

const PORT = 5353;
const GROUPS = { udp4: { ip: "224.0.0.251", bind: "0.0.0.0" }, udp6: { ip: "ff02::fb", bind: "::" } } as const;
/** Neither a socket that does not close nor a packet that does not go out holds up a stop. */
const PATIENCE_MS = 500;

/** One socket at one place. */
export interface OpenLink {
  /** Whether it can hear. */
  works(): boolean;
  query(questions: readonly MdnsQuestion[]): void;
  /** Bounded. */
  close(): Promise<void>;
}

/** Throws what the system refuses at once; what it refuses later goes to `failed`, and to `ended` when it is over. */
export function openLink(
  place: Place,
  { hears, hearings, failed, ended }: {
    /** Whether a packet of that sender is read; `cost`: in usual packets. */
    readonly hears: (sender: string, cost: number) => boolean;
    readonly hearings: readonly Hearing[];
    readonly failed: (error: unknown) => void;
    readonly ended: () => void;
  },
): OpenLink {
  const { socket, joined } = openGuardedSocket(place.type, { admits: hears, joinFailed: failed });
  const { ip, bind } = GROUPS[place.type];
  const mdns = multicastDns({ type: place.type, ip, interface: place.interface, bind, socket });
  let linked = false;
  let closed = false;

  const respond = (answers: readonly MdnsRecord[], additionals: readonly MdnsRecord[] = []) =>
    within(PATIENCE_MS, (done) => {
      if (!closed && answers.length > 0) {
        return mdns.respond({ answers: answers.map(rawRecord), additionals: additionals.map(rawRecord) }, done);
      }
      done();
    });
  const link: Link = { addresses: place.addresses, respond };

  mdns.on("error", (error) => {
    failed(error);
    ended();
  });
  mdns.on("warning", () => {}); // a malformed packet, or the group that could not be joined: that is told already
  mdns.on("ready", () => {
    if (closed) return;
    linked = true;
    for (const hearing of hearings) hearing.linked(link);
  });
  mdns.on("response", (packet, { address, port }) => {
    if (closed || port !== PORT) return; // what comes from elsewhere is no answer of a responder
    const records = recordsOf(packet);
    if (records.length > 0) { for (const hearing of hearings) hearing.answered(records, address); }
  });
  mdns.on("query", (packet) => {
    const questions = questionsOf(packet);
    if (closed || questions.length === 0) return;
    const known = recordsOf({ ...packet, additionals: [] });
    for (const hearing of hearings) hearing.asked(questions, known, link);
  });

  return {
    works: () => linked && joined(),
    query: (given) => {
      for (const questions of linked ? packetsOf(given) : []) mdns.query({ questions }, () => {}); // the network may be gone
    },
    close: async () => {
      if (closed) return;
      closed = true;
      if (linked) { for (const hearing of hearings) hearing.unlinked(link); }
      await within(PATIENCE_MS, (done) => mdns.destroy(done));
    },
  };
}

/** Resolves when the work says so, when it throws, and when the time is up. */
function within(ms: number, work: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    try {
      work(done);
    } catch {
      done(); // the socket is closed already, or the record cannot be written
    }
  });
}
