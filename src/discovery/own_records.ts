import type { MdnsRecord } from "./mdns.ts";

/** How this server is to be found. */
export interface OwnService {
  /** This machine's name. */
  readonly hostName: string;
  /** Distinguishes this machine from every other one with the same name; letters and digits. */
  readonly machineId: string;
  readonly port: number;
  readonly secure: boolean;
  readonly version: string;
}

const HOST_TTL = 120;
const SERVICE_TTL = 4500;
const EVERY_SERVICE = "_services._dns-sd._udp.local";
const LONGEST_LABEL = 63;

/** The name under which this server shows itself; `count` from 1 tells it from others of that name. */
export function labelOf({ hostName }: OwnService, count: number): string {
  const suffix = count === 1 ? "" : ` (${count})`;
  const [machine = ""] = hostName.split(".");
  const room = LONGEST_LABEL - suffix.length;
  return new TextDecoder().decode(new TextEncoder().encode(`Lumenlog on ${machine}`).subarray(0, room))
    .replace(/\ufffd+$/, "") + suffix;
}

const servicesOf = ({ secure }: OwnService) => ["_lumenlog._tcp.local", `_${secure ? "https" : "http"}._tcp.local`];

/** A name of our own: that of the machine is perhaps told by somebody else on it, or used by another machine too. */
export const targetOf = ({ machineId }: OwnService): string => `lumenlog-${machineId}.local`;

export const instancesOf = (own: OwnService, label: string): readonly string[] =>
  servicesOf(own).map((service) => `${label}.${service}`);

/** Everything to tell on a network where this machine has the addresses. */
export function ownRecords(own: OwnService, label: string, addresses: readonly string[]): readonly MdnsRecord[] {
  const target = targetOf(own);
  const texts = ["path=/", `version=${own.version}`];
  return [
    ...servicesOf(own).flatMap((service): readonly MdnsRecord[] => {
      const name = `${label}.${service}`;
      return [
        { type: "PTR", name: EVERY_SERVICE, ttl: SERVICE_TTL, target: service },
        { type: "PTR", name: service, ttl: SERVICE_TTL, target: name },
        { type: "SRV", name, ttl: HOST_TTL, target, port: own.port },
        { type: "TXT", name, ttl: SERVICE_TTL, texts },
      ];
    }),
    ...addresses.map((address): MdnsRecord => ({
      type: address.includes(":") ? "AAAA" : "A",
      name: target,
      ttl: HOST_TTL,
      address,
    })),
  ];
}

/** What is taken back at the end. Other servers on this machine may still be at its addresses and of these services. */
export const farewell = (records: readonly MdnsRecord[]): readonly MdnsRecord[] =>
  records.filter(({ type, name }) => type !== "A" && type !== "AAAA" && name !== EVERY_SERVICE)
    .map((record) => ({ ...record, ttl: 0 }));
