import type { Clock } from "../audit/ports.ts";
import { line } from "../entities/text.ts";
import type { MdnsQuestion, MdnsRecord } from "./mdns.ts";
import { createHosts } from "./hosts.ts";

/** An instance of a service, as far as it is known. */
export interface Instance {
  /** Its whole name in lower case. */
  readonly key: string;
  /** Its whole name as it came. */
  readonly name: string;
  /** One of those that are searched for. */
  readonly service: string;
  /** The name without the service, cleaned; undefined when nothing of it is to be seen. */
  readonly label: string | undefined;
  /** The address from which it was heard of last. */
  readonly sender: string;
  /** Undefined until it was told. */
  readonly server: { readonly target: string; readonly port: number } | undefined;
  readonly texts: readonly string[];
  readonly addresses: readonly string[];
  /** True when its texts were told, or will not be: they come with the rest or hardly ever. */
  readonly settled: boolean;
}

/** What others tell of the services that are searched for, as long as it holds. Everything in it is bounded. */
export interface Cache {
  /** Takes in what a packet tells; answers the keys of the instances that it is about. */
  hear(records: readonly MdnsRecord[], sender: string): readonly string[];
  find(key: string): Instance | undefined;
  /** Drops what no longer holds; answers the keys of the instances that are gone, and of those that changed. */
  expire(): { readonly gone: readonly string[]; readonly changed: readonly string[] };
  /** What to ask now: what is missing, and what does not hold much longer. */
  questions(): readonly MdnsQuestion[];
  /** Nothing ends before some seconds from now: it could not be heard for a while. */
  hold(): void;
}

const LABEL = line(256);
const MOST_INSTANCES = 512;
/** Of one packet. */
const MOST_RECORDS = 128;
const MOST_RECORDS_A_SECOND = 10_000;
const GOODBYE_MS = 1000;
const HOLD_MS = 10_000;
/** How long an instance without a server is asked about. */
const INCOMPLETE_MS = 120_000;
/** However long somebody wants to be remembered. */
const LONGEST_MS = 4_500_000;
const SETTLE_MS = 1500;
const RENEW_FROM = 0.8;
const MOST_QUESTIONS = 24;
const LONGEST_PAUSE_MS = 60_000;

interface Known {
  readonly key: string;
  readonly name: string;
  readonly service: string;
  readonly label: string | undefined;
  sender: string;
  server?: { readonly target: string; readonly port: number };
  texts: readonly string[] | undefined;
  readonly metAt: number;
  /** Milliseconds since 1970; `renewAt` is when to ask again. */
  until: number;
  renewAt: number;
  leavesAt: number;
  asked: number;
  askAt: number;
}

const RANK: Readonly<Record<MdnsRecord["type"], number>> = { PTR: 0, SRV: 1, TXT: 2, A: 3, AAAA: 3 };

export function createCache(deps: { readonly clock: Clock; readonly services: readonly string[] }): Cache {
  const { clock } = deps;
  const services = deps.services.map((service) => service.toLowerCase());
  const instances = new Map<string, Known>();
  const hosts = createHosts(clock);
  const budget = { second: 0, left: 0 };
  /** Keys of those who made room since the last look. */
  const evicted: string[] = [];

  const serviceOf = (key: string) => services.find((service) => key.endsWith(`.${service}`));

  const forget = (known: Known) => {
    instances.delete(known.key);
    if (known.server) hosts.release(known.server.target, known.key);
  };

  /** Whoever told of most of them makes room; who told of no more than others cannot push them out. */
  const displace = (among: readonly Known[], sender: string): boolean => {
    const counts = new Map<string, number>();
    for (const known of among) counts.set(known.sender, (counts.get(known.sender) ?? 0) + 1);
    const [loudest = "", most = 0] = [...counts].reduce((a, b) => b[1] > a[1] ? b : a);
    const oldest = among.find((known) => known.sender === loudest);
    if (loudest === sender || most <= (counts.get(sender) ?? 0) + 1 || oldest === undefined) return false;
    forget(oldest);
    evicted.push(oldest.key);
    return true;
  };

  const hasRoom = (sender: string) => instances.size < MOST_INSTANCES || displace([...instances.values()], sender);

  const meet = (name: string, sender: string): Known | undefined => {
    const key = name.toLowerCase();
    const known = instances.get(key);
    if (known) {
      if (known.leavesAt > clock.now()) known.leavesAt = Infinity;
      known.sender = sender;
      return known;
    }
    const service = serviceOf(key);
    if (service === undefined || key.length === service.length + 1 || !hasRoom(sender)) return undefined;
    const until = clock.now() + INCOMPLETE_MS;
    const met: Known = {
      ...{
        key,
        name,
        service,
        label: LABEL.safeParse(name.slice(0, -service.length - 1)).data,
        sender,
        texts: undefined,
        metAt: clock.now(),
        until,
      },
      ...{ renewAt: Infinity, leavesAt: Infinity, asked: 0, askAt: 0 },
    };
    instances.set(key, met);
    return met;
  };

  const leave = (name: string) => {
    const known = instances.get(name.toLowerCase());
    if (known) known.leavesAt = Math.min(known.leavesAt, clock.now() + GOODBYE_MS);
    return known;
  };

  const serve = (known: Known, target: string, port: number, ttl: number) => {
    if (!hosts.use(target, known.key)) {
      const others = hosts.users(target).flatMap((key) => instances.get(key) ?? []);
      if (!displace(others, known.sender) || !hosts.use(target, known.key)) return;
    }
    if (known.server && known.server.target !== target) hosts.release(known.server.target, known.key);
    known.server = { target, port };
    const ms = Math.min(ttl * 1000, LONGEST_MS);
    known.until = clock.now() + ms;
    known.renewAt = clock.now() + ms * RENEW_FROM;
    known.asked = 0;
  };

  /** Packets are counted before they are read; what is in them is counted here. */
  const allows = (records: number): boolean => {
    const second = Math.floor(clock.now() / 1000);
    if (second !== budget.second) [budget.second, budget.left] = [second, MOST_RECORDS_A_SECOND];
    budget.left -= records;
    return budget.left >= 0;
  };

  const hearOne = (record: MdnsRecord, sender: string): readonly string[] => {
    if (record.type === "A" || record.type === "AAAA") return hosts.hear(record);
    const name = record.type === "PTR" ? record.target : record.name;
    if (record.type === "PTR" && !services.includes(record.name.toLowerCase())) return [];
    if (record.ttl === 0) return record.type === "TXT" ? [] : [leave(name)?.key ?? []].flat();
    const known = record.type === "TXT" ? instances.get(name.toLowerCase()) : meet(name, sender);
    if (known === undefined) return [];
    if (record.type === "SRV") serve(known, record.target.toLowerCase(), record.port, record.ttl);
    if (record.type === "TXT") known.texts = record.texts;
    return [known.key];
  };

  const isGone = ({ server, until, leavesAt }: Known): boolean => {
    const now = clock.now();
    return leavesAt <= now || until <= now || (server !== undefined && hosts.ended(server.target));
  };

  const missing = ({ name, server, renewAt, texts, metAt, leavesAt }: Known): readonly MdnsQuestion[] => {
    // Anybody can say goodbye for another: whoever is there still says so within the second.
    const stale = renewAt <= clock.now() || leavesAt !== Infinity;
    const ofServer = server === undefined || stale || (texts === undefined && clock.now() - metAt < SETTLE_MS);
    const ofHost = server !== undefined && (stale || hosts.needsAsking(server.target));
    return [
      ...(ofServer ? [{ name, type: "SRV" }, { name, type: "TXT" }] as const : []),
      ...(ofHost ? [{ name: server.target, type: "A" }, { name: server.target, type: "AAAA" }] as const : []),
    ];
  };

  return {
    hear: (records, sender) => {
      if (!allows(records.length)) return [];
      const ordered = records.toSorted((a, b) => RANK[a.type] - RANK[b.type]).slice(0, MOST_RECORDS);
      return [...new Set(ordered.flatMap((record) => hearOne(record, sender)))];
    },
    find: (key) => {
      const known = instances.get(key);
      if (known === undefined) return undefined;
      const { name, service, label, sender, server, texts, metAt } = known;
      const addresses = server ? hosts.addresses(server.target) : [];
      const settled = texts !== undefined || clock.now() - metAt >= SETTLE_MS;
      return { key, name, service, label, sender, server, texts: texts ?? [], addresses, settled };
    },
    expire: () => {
      const changed = hosts.expire();
      const gone = [...instances.values()].filter(isGone);
      for (const known of gone) forget(known);
      return { gone: [...evicted.splice(0), ...gone.map(({ key }) => key)], changed };
    },
    questions: () => {
      const asked: MdnsQuestion[] = [];
      for (const known of instances.values()) {
        if (known.askAt > clock.now() || asked.length >= MOST_QUESTIONS) continue;
        const wanted = missing(known);
        if (wanted.length === 0) continue;
        asked.push(...wanted);
        known.askAt = clock.now() + Math.min(1000 * 2 ** known.asked++, LONGEST_PAUSE_MS);
      }
      return asked;
    },
    hold: () => {
      const until = clock.now() + HOLD_MS;
      for (const known of instances.values()) known.until = Math.max(known.until, until);
      hosts.hold(until);
    },
  };
}
