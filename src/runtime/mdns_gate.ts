import type { Buffer } from "node:buffer";

/** Packets in a second, each by what it costs: of one sender, and of all of them. What is beyond is dropped before it is read. */
const PER_SENDER = 200;
const IN_TOTAL = 1000;
const WINDOW_MS = 1000;

/** What a packet of multicast DNS may have at most (RFC 6762), and more records than any responder tells at once. */
const MOST_BYTES = 9000;
const MOST_RECORDS = 256;
/** So many records cost as much as one packet: a name of many parts is read again with each record that points to it. */
const RECORDS_AT_ONCE = 16;
const HEADER_BYTES = 12;

/** What it costs to read a packet, in usual packets; undefined when it is not worth reading. */
export function costOf(packet: Buffer): number | undefined {
  if (packet.length < HEADER_BYTES || packet.length > MOST_BYTES) return undefined;
  const records = [4, 6, 8, 10].reduce((sum, at) => sum + packet.readUInt16BE(at), 0);
  return records > MOST_RECORDS ? undefined : Math.max(1, Math.ceil(records / RECORDS_AT_ONCE));
}

/** Keeps whoever floods the network from keeping us busy. */
export function createGate(now: () => number): (sender: string, cost: number) => boolean {
  let startedAt = -Infinity;
  let total = 0;
  const counts = new Map<string, number>();
  return (sender, cost) => {
    if (Math.abs(now() - startedAt) >= WINDOW_MS) {
      startedAt = now();
      total = 0;
      counts.clear();
    }
    const count = counts.get(sender) ?? 0;
    if (total + cost > IN_TOTAL || count + cost > PER_SENDER) return false;
    total += cost;
    counts.set(sender, count + cost);
    return true;
  };
}
