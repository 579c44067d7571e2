import { assert, assertEquals } from "@std/assert";
import { readDdp } from "../../virtual_wled/ddp.ts";
import { artDmx, artPoll, isArtPollReply, nextArtSequence } from "../../src/devices/artnet.ts";
import { ddpPackets, ddpStatusQuery, isDdpStatus, nextDdpSequence } from "../../src/devices/ddp.ts";
import { inOrder } from "../../src/devices/pixels.ts";
import { solidFrame } from "../../src/devices/solid.ts";
import { lastUniverse, universesOf } from "../../src/devices/universes.ts";
import { sacnPacket } from "../../src/runtime/sacn_packet.ts";
import { createRandom } from "../support/random.ts";

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const zeros = (count: number) => Array<number>(count).fill(0);

Deno.test("a DDP frame is as the specification has it, byte for byte", () => {
  assertEquals(ddpPackets(new Uint8Array([1, 2, 3, 4, 5, 6]), 9).map((packet) => [...packet]), [
    [0x41, 9, 0x0b, 1, 0, 0, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6],
  ]);
  const [first, second, third] = ddpPackets(new Uint8Array(3000).fill(7), 15);
  assertEquals([...first!.slice(0, 11)], [0x40, 15, 0x0b, 1, 0, 0, 0, 0, 0x05, 0xa0, 7]);
  assertEquals([...second!.slice(0, 11)], [0x40, 15, 0x0b, 1, 0, 0, 0x05, 0xa0, 0x05, 0xa0, 7]);
  assertEquals([...third!.slice(0, 11)], [0x41, 15, 0x0b, 1, 0, 0, 0x0b, 0x40, 0, 120, 7]);
  assertEquals([first!.length, second!.length, third!.length], [1450, 1450, 130]);
  assertEquals([nextDdpSequence(0), nextDdpSequence(14), nextDdpSequence(15)], [1, 15, 1]);
});

Deno.test("any frame comes out of a DDP reader written apart from the writer as it went in", () => {
  const random = createRandom(5);
  for (const ledCount of [1, 2, 479, 480, 481, 960, 961, 10_000]) {
    const frame = new Uint8Array(ledCount * 3).map(() => random.int(256));
    const shown = new Uint8Array(frame.length);
    const packets = ddpPackets(frame, 1).map((packet) => readDdp(packet, ledCount));
    packets.forEach((packet) => packet!.paint(shown));
    assertEquals(shown, frame);
    assertEquals(packets.map((packet) => packet!.push), [...packets.slice(1).map(() => false), true]);
  }
});

Deno.test("a display's status is told from everything else", () => {
  assertEquals([...ddpStatusQuery()], [0x42, 0, 0, 251, 0, 0, 0, 0, 0, 0]);
  const status = new Uint8Array([0x45, 0, 0, 251, 0, 0, 0, 0, 0, 2, 0x7b, 0x7d]);
  assertEquals([isDdpStatus(status), isDdpStatus(ddpStatusQuery())], [true, false]);
  assert(
    [status.slice(0, 9), status.with(3, 250), status.with(0, 0x85), new Uint8Array()].every((other) =>
      !isDdpStatus(other)
    ),
  );
});

Deno.test("an ArtDmx packet is as the specification has it, byte for byte", () => {
  const head = [...ascii("Art-Net"), 0, 0x00, 0x50, 0, 14];
  const data = new Uint8Array([9, 8, 7]);
  assertEquals([...artDmx({ universe: 0x1234, data }, 255)], [...head, 255, 0, 0x34, 0x12, 0, 4, 9, 8, 7, 0]);
  assertEquals([...artDmx({ universe: 0x7fff, data: new Uint8Array(510) }, 1).slice(12, 18)], [
    1,
    0,
    0xff,
    0x7f,
    1,
    254,
  ]);
  assertEquals([nextArtSequence(0), nextArtSequence(254), nextArtSequence(255)], [1, 255, 1]);
});

Deno.test("an ArtPollReply is told from everything else", () => {
  assertEquals([...artPoll()], [...ascii("Art-Net"), 0, 0x00, 0x20, 0, 14, 0, 0]);
  const reply = new Uint8Array([...ascii("Art-Net"), 0, 0x00, 0x21, 127, 0, 0, 1]);
  assertEquals([isArtPollReply(reply), isArtPollReply(artPoll())], [true, false]);
  assert([reply.with(0, 0x61), reply.with(9, 0x22), reply.slice(0, 9)].every((other) => !isArtPollReply(other)));
});

Deno.test("an E1.31 packet is as the standard has it, byte for byte", () => {
  const source = new Uint8Array(16).map((_, index) => index + 1);
  const fields = { universe: 0x1234, data: new Uint8Array([9, 8, 7]), sequence: 255, priority: 0, source, ends: true };
  assertEquals([...sacnPacket(fields)], [
    ...[0, 0x10, 0, 0, ...ascii("ASC-E1.17"), 0, 0, 0, 0x72, 0x6e, 0, 0, 0, 4, ...source],
    ...[0x72, 0x58, 0, 0, 0, 2, ...ascii("Lumenlog"), ...zeros(56), 0, 0, 0, 255, 0x40, 0x12, 0x34],
    ...[0x72, 0x0b, 0x02, 0xa1, 0, 0, 0, 1, 0x02, 0x01, 0, 9, 8, 7, ...zeros(509)],
  ]);
  assertEquals([...sacnPacket({ ...fields, priority: 200, ends: false }).slice(108, 113)], [200, 0, 0, 255, 0]);
});

Deno.test("a strip is cut into universes of 170 LEDs, none of which is split", () => {
  const frame = new Uint8Array(341 * 3).map((_, index) => Math.floor(index / 3) % 256);
  const parts = universesOf(frame, 5);
  assertEquals(parts.map(({ universe, data }) => [universe, data.length]), [[5, 510], [6, 510], [7, 3]]);
  assertEquals([...parts[1]!.data.slice(0, 3)], [170, 170, 170]);
  assertEquals([lastUniverse(5, 170), lastUniverse(5, 171), lastUniverse(5, 341)], [5, 6, 7]);
});

Deno.test("each strip gets the channels in its own order", () => {
  const orders = { rgb: [1, 2, 3], rbg: [1, 3, 2], grb: [2, 1, 3], gbr: [2, 3, 1], brg: [3, 1, 2], bgr: [3, 2, 1] };
  for (const [order, expected] of Object.entries(orders)) {
    assertEquals([...inOrder(new Uint8Array([1, 2, 3, 1, 2, 3]), order)], [...expected, ...expected], order);
  }
});

Deno.test("a colour is dimmed channel by channel; what is off or has no colour is dark", () => {
  const lit = { on: true, brightness: 0.5, color: "#ff0a00", preset: null };
  assertEquals([...solidFrame(lit, 2)], [128, 5, 0, 128, 5, 0]);
  assertEquals([...solidFrame({ ...lit, brightness: 0.001 }, 1)], [1, 1, 0]);
  assertEquals([...solidFrame({ ...lit, on: false }, 1)], [0, 0, 0]);
  assertEquals([...solidFrame({ ...lit, color: null }, 1)], [0, 0, 0]);
});
