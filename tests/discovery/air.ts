import type { Hearing, Link, Mdns, MdnsQuestion, MdnsRecord } from "../../src/discovery/mdns.ts";

/** A network of which a test says what is heard on it, and sees what is said. */
export interface Air {
  readonly mdns: Mdns;
  /** Questions so far. */
  readonly asked: MdnsQuestion[];
  /** What this server told, a packet each. */
  readonly told: (readonly MdnsRecord[])[];
  /** Somebody tells these, in one packet. */
  tell(records: readonly MdnsRecord[], sender?: string): void;
  /** Somebody asks these. */
  ask(questions: readonly MdnsQuestion[], known?: readonly MdnsRecord[]): void;
  /** The network goes away, or comes back. */
  unplug(): void;
  plug(): void;
}

export const SENDER = "192.168.1.20";
export const OWN_ADDRESS = "192.168.1.2";

export function createAir(): Air {
  const asked: MdnsQuestion[] = [];
  const told: (readonly MdnsRecord[])[] = [];
  let hearings: readonly Hearing[] = [];
  let link: Link | undefined;
  const respond: Link["respond"] = (answers, additionals = []) => {
    told.push([...answers, ...additionals]);
    return Promise.resolve();
  };
  const plug = () => {
    const plugged: Link = { addresses: [OWN_ADDRESS], respond };
    link = plugged;
    hearings.forEach((hearing) => hearing.linked(plugged));
  };
  const unplug = () => {
    const gone = link;
    link = undefined;
    if (gone) hearings.forEach((hearing) => hearing.unlinked(gone));
  };
  return {
    asked,
    told,
    plug,
    unplug,
    tell: (records, sender = SENDER) => hearings.forEach((hearing) => link && hearing.answered(records, sender)),
    ask: (questions, known = []) => hearings.forEach((hearing) => link && hearing.asked(questions, known, link)),
    mdns: {
      start: (given) => {
        hearings = given;
        plug();
      },
      query: (questions) => void (link && asked.push(...questions)),
      problem: () => link ? null : "There is no network.",
      stop: () => Promise.resolve(unplug()),
    },
  };
}
