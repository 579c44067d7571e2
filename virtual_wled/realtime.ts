import { paintLed, paintRun, type PixelPacket } from "./packet.ts";

type Paint = PixelPacket["paint"];

/** Pairs of a place and its colour. */
function scattered(body: Uint8Array): Paint | undefined {
  if (body.length < 4) return undefined;
  return (frame) => {
    for (let at = 0; at + 4 <= body.length; at += 4) paintLed(frame, body[at] ?? 0, body, at + 1, 3);
  };
}

/** Colours from the first LED on. */
const run = (channels: 3 | 4) => (body: Uint8Array): Paint | undefined =>
  body.length < channels ? undefined : (frame) => paintRun(frame, 0, body, channels);

/** Two bytes say at which LED the colours begin. */
const placedRun = (channels: 3 | 4) => (body: Uint8Array, ledCount: number): Paint | undefined => {
  const first = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
  if (body.length < 2 + channels || first >= ledCount) return undefined;
  return (frame) => paintRun(frame, first, body.subarray(2), channels);
};

type ReadBody = (body: Uint8Array, ledCount: number) => Paint | undefined;

/** By the first byte: WARLS, DRGB, DRGBW, DNRGB, DNRGBW. */
const PROTOCOLS: Readonly<Record<number, ReadBody>> = {
  1: scattered,
  2: run(3),
  3: run(4),
  4: placedRun(3),
  5: placedRun(4),
};

const NEVER = 255;

/** WLED's own realtime protocols: `protocol | seconds | body`. Undefined for what is malformed or beyond the strip. */
export function readRealtime(packet: Uint8Array, ledCount: number): PixelPacket | undefined {
  const [protocol = 0, seconds] = packet;
  const read = PROTOCOLS[protocol];
  if (read === undefined || seconds === undefined) return undefined;
  if (seconds === 0) return { mode: "UDP", timeout: 0, push: true, paint: () => {} };
  const paint = read(packet.subarray(2), ledCount);
  const timeout = seconds === NEVER ? Infinity : seconds * 1000;
  return paint && { mode: "UDP", timeout, push: true, paint };
}
