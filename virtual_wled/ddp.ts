import { DEFAULT_TIMEOUT, paintRun, type PixelPacket } from "./packet.ts";

const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const TIMECODE = 0x10;
/** Storage, reply and query: not pixels. */
const NOT_PIXELS = 0x08 | 0x04 | 0x02;
const PUSH = 0x01;
/** By data type; 0 and 1 are what senders wrote before types were settled. */
const CHANNELS: Readonly<Record<number, 3 | 4>> = { 0x00: 3, 0x01: 3, 0x0b: 3, 0x1b: 4 };
/** The default output, and all outputs. */
const DESTINATIONS: readonly number[] = [1, 255];

interface Header {
  readonly flags: number;
  readonly channels: 3 | 4;
  /** Bytes from the start of the strip's data. */
  readonly offset: number;
  readonly data: Uint8Array;
}

function readHeader(packet: Uint8Array): Header | undefined {
  if (packet.length < 10) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const flags = view.getUint8(0);
  const channels = CHANNELS[view.getUint8(2)];
  const start = flags & TIMECODE ? 14 : 10;
  const end = start + view.getUint16(8);
  if (channels === undefined || !DESTINATIONS.includes(view.getUint8(3)) || end > packet.length) return undefined;
  return { flags, channels, offset: view.getUint32(4), data: packet.subarray(start, end) };
}

/** Distributed Display Protocol, version 1. Undefined for what is malformed, no pixels, or wholly beyond the strip. */
export function readDdp(packet: Uint8Array, ledCount: number): PixelPacket | undefined {
  const header = readHeader(packet);
  if (header === undefined || (header.flags & VERSION_MASK) !== VERSION_1 || header.flags & NOT_PIXELS) {
    return undefined;
  }
  const { channels, data, flags } = header;
  const first = Math.floor(header.offset / channels);
  if (data.length > 0 && first >= ledCount) return undefined;
  const paint = (frame: Uint8Array) => paintRun(frame, first, data, channels);
  return { mode: "DDP", timeout: DEFAULT_TIMEOUT, push: (flags & PUSH) !== 0, paint };
}
