/** Distributed Display Protocol, version 1: pixels of any number, in datagrams that fit an Ethernet frame. */
export const DDP_PORT = 4048;
/** Divisible by three: no LED is split. */
const MOST_BYTES = 1440;
const HEADER_BYTES = 10;
const VERSION_1 = 0x40;
const PUSH = 0x01;
const QUERY = 0x02;
const REPLY = 0x04;
const RGB_8_BITS = 0x0b;
const DEFAULT_OUTPUT = 1;
const STATUS = 251;
const HIGHEST_SEQUENCE = 15;

/** After 15 comes 1: 0 means that there is none. */
export const nextDdpSequence = (sequence: number): number => sequence % HIGHEST_SEQUENCE + 1;

/** One frame. The datagram that completes it tells the display to show it. */
export function ddpPackets(data: Uint8Array, sequence: number): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let offset = 0; offset < data.length; offset += MOST_BYTES) {
    const part = data.subarray(offset, offset + MOST_BYTES);
    const packet = new Uint8Array(HEADER_BYTES + part.length);
    const view = new DataView(packet.buffer);
    const isLast = offset + MOST_BYTES >= data.length;
    view.setUint8(0, VERSION_1 | (isLast ? PUSH : 0));
    view.setUint8(1, sequence);
    view.setUint8(2, RGB_8_BITS);
    view.setUint8(3, DEFAULT_OUTPUT);
    view.setUint32(4, offset);
    view.setUint16(8, part.length);
    packet.set(part, HEADER_BYTES);
    packets.push(packet);
  }
  return packets;
}

/** Asks a display how it is; many do not answer. */
export const ddpStatusQuery = (): Uint8Array => new Uint8Array([VERSION_1 | QUERY, 0, 0, STATUS, 0, 0, 0, 0, 0, 0]);

export const isDdpStatus = (packet: Uint8Array): boolean =>
  packet.length >= HEADER_BYTES && ((packet[0] ?? 0) & (0xc0 | REPLY)) === (VERSION_1 | REPLY) && packet[3] === STATUS;
