import { Buffer } from "node:buffer";
import type { MdnsQuestion, MdnsRecord } from "../discovery/mdns.ts";
import type { RawPacket, RawQuestion, RawRecord } from "./multicast_dns.d.ts";

/** More than any device needs in one packet. */
const MOST_RECORDS = 256;

/** What is of use in a packet; what is malformed or unknown is left out. */
export const recordsOf = ({ answers, additionals }: RawPacket): readonly MdnsRecord[] =>
  [...answers, ...additionals].slice(0, MOST_RECORDS).flatMap((raw) => readRecord(raw) ?? []);

export const questionsOf = ({ questions }: RawPacket): readonly MdnsQuestion[] =>
  questions.slice(0, MOST_RECORDS).flatMap(({ name, type }) => isAsked(type) ? [{ name, type }] : []);

function readRecord({ name, type, ttl, flush, class: family, data }: RawRecord): MdnsRecord | undefined {
  if (typeof name !== "string" || typeof ttl !== "number" || !(ttl >= 0) || family !== "IN") return undefined;
  const common = { name, ttl, ...(flush === true ? { flush } : {}) };
  if (type === "PTR") return typeof data === "string" ? { ...common, type, target: data } : undefined;
  if (type === "A" || type === "AAAA") return typeof data === "string" ? { ...common, type, address: data } : undefined;
  if (type === "TXT") return { ...common, type, texts: textsOf(data) };
  return type === "SRV" ? readService(common, data) : undefined;
}

function readService(common: Pick<MdnsRecord, "name" | "ttl">, data: unknown): MdnsRecord | undefined {
  if (typeof data !== "object" || data === null || !("target" in data) || !("port" in data)) return undefined;
  const { target, port } = data;
  if (typeof target !== "string" || typeof port !== "number") return undefined;
  return { ...common, type: "SRV", target, port };
}

const textsOf = (data: unknown): readonly string[] =>
  (Array.isArray(data) ? data : [data]).filter((text) => Buffer.isBuffer(text)).map((text) => text.toString("utf8"));

const ASKED: Readonly<Record<MdnsQuestion["type"], true>> = {
  PTR: true,
  SRV: true,
  TXT: true,
  A: true,
  AAAA: true,
  ANY: true,
};
const isAsked = (type: string): type is MdnsQuestion["type"] => Object.hasOwn(ASKED, type);

/** The library's form of a record of ours. Those that others may have too are not marked as the only ones. */
export function rawRecord(record: MdnsRecord): RawRecord {
  const common = { name: record.name, ttl: record.ttl, type: record.type, class: "IN" };
  if (record.type === "PTR") return { ...common, data: record.target };
  if (record.type === "SRV") {
    return { ...common, flush: true, data: { target: record.target, port: record.port, priority: 0, weight: 0 } };
  }
  if (record.type === "TXT") return { ...common, flush: true, data: record.texts };
  return { ...common, flush: true, data: record.address };
}

/** What a network carries whole, less what stands around it. */
const MOST_BYTES = 1200;

/** Questions in packets of a good size; without those whose names cannot be written: what others called themselves may not be. */
export function packetsOf(questions: readonly MdnsQuestion[]): readonly (readonly RawQuestion[])[] {
  const packets: RawQuestion[][] = [];
  let left = 0;
  for (const question of questions.filter(({ name }) => isWritable(name))) {
    const bytes = Buffer.byteLength(question.name) + 6;
    if (bytes > left) [packets[packets.length], left] = [[], MOST_BYTES];
    packets.at(-1)?.push(question);
    left -= bytes;
  }
  return packets;
}

function isWritable(name: string): boolean {
  const labels = name.split(".").map((label) => Buffer.byteLength(label));
  return labels.every((length) => length > 0 && length <= 63) && labels.reduce((sum, each) => sum + each + 1, 1) <= 254;
}
