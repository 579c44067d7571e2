import type { UniversePart } from "./universes.ts";

/** Art-Net 4: DMX universes over UDP. */
export const ARTNET_PORT = 6454;
const ID = [..."Art-Net"].map((letter) => letter.charCodeAt(0)).concat(0);
const OP_POLL = 0x2000;
const OP_POLL_REPLY = 0x2100;
const OP_DMX = 0x5000;
const VERSION = 14;
const HIGHEST_SEQUENCE = 255;

/** After 255 comes 1: 0 means that there is none. */
export const nextArtSequence = (sequence: number): number => sequence % HIGHEST_SEQUENCE + 1;

/** Operation codes stand with their low byte first, everything else with its high byte. */
const head = (operation: number): readonly number[] => [...ID, operation & 0xff, operation >> 8, 0, VERSION];

/** ArtDmx. The universe has 15 bits; the data has an even number of bytes, a zero more if need be. */
export function artDmx({ universe, data }: UniversePart, sequence: number): Uint8Array {
  const length = data.length + data.length % 2;
  const front = [...head(OP_DMX), sequence, 0, universe & 0xff, universe >> 8 & 0x7f, length >> 8, length & 0xff];
  const packet = new Uint8Array(front.length + length);
  packet.set(front);
  packet.set(data, front.length);
  return packet;
}

/** Asks a node to tell of itself, without diagnostics. */
export const artPoll = (): Uint8Array => new Uint8Array([...head(OP_POLL), 0, 0]);

export const isArtPollReply = (packet: Uint8Array): boolean =>
  ID.every((byte, index) => packet[index] === byte) && (packet[8] ?? 0) + ((packet[9] ?? 0) << 8) === OP_POLL_REPLY;
