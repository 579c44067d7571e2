import type { Clock } from "../audit/ports.ts";
import type { MdnsRecord } from "./mdns.ts";

type AddressRecord = Extract<MdnsRecord, { readonly address: string }>;

/** The addresses of the hosts that instances are on; names in lower case. */
export interface Hosts {
  /** False when too many are there: no host has that many. */
  use(target: string, key: string): boolean;
  release(target: string, key: string): void;
  /** Keys of those on it. */
  users(target: string): readonly string[];
  /** Answers the keys of those for whom something changed. */
  hear(record: AddressRecord): readonly string[];
  addresses(target: string): readonly string[];
  /** True when it had an address and has none any more. */
  ended(target: string): boolean;
  needsAsking(target: string): boolean;
  /** Answers the keys of those for whom something changed. */
  expire(): readonly string[];
  hold(until: number): void;
}

const MOST_ADDRESSES = 64;
const MOST_USERS = 4;
const LONGEST_MS = 4_500_000;
const RENEW_FROM = 0.8;
/** What a packet does not repeat ends this much later: the rest of it may come in another one. */
const FLUSH_MS = 1000;

interface Address {
  readonly type: AddressRecord["type"];
  readonly heardAt: number;
  until: number;
  readonly renewAt: number;
}

interface Host {
  readonly users: Set<string>;
  readonly addresses: Map<string, Address>;
  had: boolean;
}

export const isLinkLocalIPv6 = (address: string): boolean => /^fe[89ab][0-9a-f]:/i.test(address);

export function createHosts(clock: Clock): Hosts {
  const hosts = new Map<string, Host>();

  const flush = ({ addresses }: Host, { type }: AddressRecord) => {
    const now = clock.now();
    for (const old of addresses.values()) {
      if (old.type === type && now - old.heardAt > FLUSH_MS) old.until = Math.min(old.until, now + FLUSH_MS);
    }
  };

  /** True when the host has one more than before. */
  const take = (host: Host, record: AddressRecord): boolean => {
    const { address, type, ttl } = record;
    const now = clock.now();
    const old = host.addresses.get(address);
    if (ttl === 0) {
      if (old) old.until = Math.min(old.until, now + FLUSH_MS);
      return false;
    }
    if (record.flush) flush(host, record);
    if (!old && host.addresses.size >= MOST_ADDRESSES) return false;
    const ms = Math.min(ttl * 1000, LONGEST_MS);
    host.addresses.set(address, { type, heardAt: now, until: now + ms, renewAt: now + ms * RENEW_FROM });
    host.had = true;
    return old === undefined;
  };

  return {
    use: (target, key) => {
      const host = hosts.get(target) ?? { users: new Set(), addresses: new Map(), had: false };
      if (!host.users.has(key) && host.users.size >= MOST_USERS) return false;
      hosts.set(target, host);
      host.users.add(key);
      return true;
    },
    release: (target, key) => {
      const host = hosts.get(target);
      host?.users.delete(key);
      if (host?.users.size === 0) hosts.delete(target);
    },
    users: (target) => [...hosts.get(target)?.users ?? []],
    hear: (record) => {
      const host = hosts.get(record.name.toLowerCase());
      if (host === undefined) return [];
      return take(host, record) ? [...host.users] : [];
    },
    addresses: (target) => [...hosts.get(target)?.addresses.keys() ?? []],
    ended: (target) => {
      const host = hosts.get(target);
      return host !== undefined && host.had && host.addresses.size === 0;
    },
    needsAsking: (target) => {
      const all = [...hosts.get(target)?.addresses ?? []];
      return all.every(([address, { renewAt }]) => renewAt <= clock.now() || isLinkLocalIPv6(address));
    },
    expire: () => {
      const now = clock.now();
      return [...hosts.values()].flatMap(({ addresses, users }) => {
        const ended = [...addresses].filter(([, { until }]) => until <= now);
        for (const [address] of ended) addresses.delete(address);
        return ended.length > 0 ? [...users] : [];
      });
    },
    hold: (until) => {
      for (const { addresses } of hosts.values()) {
        for (const each of addresses.values()) each.until = Math.max(each.until, until);
      }
    },
  };
}
