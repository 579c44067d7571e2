import { createSocket } from "node:dgram";
import type { Buffer } from "node:buffer";
import { dmxnet } from "dmxnet";
import { type Packet, Receiver } from "sacn";
import { eventually } from "../runtime/waiting.ts";

/** Keeps every datagram that comes to a free port of this machine. */
export interface UdpReceiver {
  readonly port: number;
  readonly packets: readonly Uint8Array[];
  /** Waits until there are so many. */
  count(least: number): Promise<readonly Uint8Array[]>;
  /** Sends something back to whoever sent the last one. */
  answer(packet: Uint8Array): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startUdpReceiver(onPacket: (packet: Uint8Array) => void = () => {}): Promise<UdpReceiver> {
  const packets: Uint8Array[] = [];
  const socket = createSocket("udp4");
  let from = { port: 0, address: "" };
  socket.on("message", (packet: Buffer, sender) => {
    from = sender;
    packets.push(new Uint8Array(packet));
    onPacket(packet);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    port: socket.address().port,
    packets,
    count: (least) =>
      eventually(`${least} datagrams`, () => Promise.resolve(packets.length >= least ? packets : undefined)),
    answer: (packet) => socket.send(packet, from.port, from.address),
    [Symbol.asyncDispose]: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}

/** A port that nobody has now. */
async function freePort(): Promise<number> {
  await using receiver = await startUdpReceiver();
  return receiver.port;
}

/** A receiver that is not ours, on a port of its own. */
export interface DmxReceiver<Seen> {
  readonly port: number;
  readonly seen: readonly Seen[];
  /** The first that is so. */
  first(what: string, is: (seen: Seen) => boolean): Promise<Seen>;
  [Symbol.asyncDispose](): Promise<void>;
}

const finder = <Seen>(seen: readonly Seen[]) => (what: string, is: (one: Seen) => boolean) =>
  eventually(what, () => Promise.resolve(seen.find(is)));

/** The library `sacn` as a receiver. */
export async function startSacnReceiver(universes: readonly number[]): Promise<DmxReceiver<Packet>> {
  const port = await freePort();
  const seen: Packet[] = [];
  const wrong: Error[] = [];
  const receiver = new Receiver({ universes: [...universes], port, iface: "127.0.0.1" });
  receiver.on("packet", (packet) => void seen.push(packet));
  receiver.on("PacketCorruption", (error) => void wrong.push(error));
  receiver.on("PacketOutOfOrder", (error) => void wrong.push(error));
  receiver.on("error", () => {}); // of the multicast groups, which nothing is sent to here
  return {
    port,
    seen,
    first: finder(seen),
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => void receiver.close(resolve));
      if (wrong[0] !== undefined) throw wrong[0];
    },
  };
}

/** What one universe shows, as the library `dmxnet` tells it. */
export interface ArtFrame {
  readonly universe: number;
  readonly values: readonly number[];
}

/** The library `dmxnet` as a receiver. It keeps a timer until the process ends. */
export async function startArtnetReceiver(universes: readonly number[]): Promise<DmxReceiver<ArtFrame>> {
  const port = await freePort();
  const seen: ArtFrame[] = [];
  const node = new dmxnet({ listen: port, hosts: ["127.0.0.1"], log: { silent: true } });
  for (const universe of universes) {
    const place = { net: universe >> 8, subnet: universe >> 4 & 15, universe: universe & 15 };
    node.newReceiver(place).on(
      "data",
      (values: readonly number[]) => void seen.push({ universe, values: [...values] }),
    );
  }
  return {
    port,
    seen,
    first: finder(seen),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([node.listener4, node.socket].map((socket) => new Promise<void>((done) => socket.close(done))));
    },
  };
}
