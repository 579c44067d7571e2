import { artDmx, nextArtSequence } from "./artnet.ts";
import { ddpPackets, nextDdpSequence } from "./ddp.ts";
import type { DeviceUdp, Place } from "./device_udp.ts";
import { type E131Packet, nextE131Sequence } from "./e131.ts";
import { inOrder, type PixelSink } from "./pixels.ts";
import { universesOf } from "./universes.ts";

type Udp = Pick<DeviceUdp, "send">;

/** Frames by DDP. Whoever hears nothing more knows that it is over. */
export function createDdpSink(place: Place, rgbOrder: string, udp: Udp): PixelSink {
  let sequence = 0;
  return {
    send: (frame) => {
      sequence = nextDdpSequence(sequence);
      return udp.send(place, ddpPackets(inOrder(frame, rgbOrder), sequence));
    },
    end: () => Promise.resolve(),
  };
}

/** Frames by Art-Net, from this universe on. */
export function createArtnetSink(
  place: Place,
  { rgbOrder, universe }: { readonly rgbOrder: string; readonly universe: number },
  udp: Udp,
): PixelSink {
  let sequence = 0;
  return {
    send: (frame) => {
      sequence = nextArtSequence(sequence);
      const parts = universesOf(inOrder(frame, rgbOrder), universe);
      return udp.send(place, parts.map((part) => artDmx(part, sequence)));
    },
    end: () => Promise.resolve(),
  };
}

/** The standard asks for three packets that say that the stream ends. */
const FAREWELLS = 3;

/** Frames by E1.31, from this universe on, as a source of its own. */
export function createE131Sink(
  place: Place,
  { rgbOrder, universe, priority, source }: {
    readonly rgbOrder: string;
    readonly universe: number;
    readonly priority: number;
    /** 16 bytes. */
    readonly source: Uint8Array;
  },
  { send, e131Packet }: Udp & { readonly e131Packet: E131Packet },
): PixelSink {
  // Every frame goes to every universe, so that one count serves them all.
  let sequence = 0;
  let last: Uint8Array | undefined;
  const sendOne = (frame: Uint8Array, ends: boolean) => {
    sequence = nextE131Sequence(sequence);
    const parts = universesOf(frame, universe);
    return send(place, parts.map((part) => e131Packet({ ...part, sequence, priority, source, ends })));
  };
  return {
    send: (frame) => {
      last = inOrder(frame, rgbOrder);
      return sendOne(last, false);
    },
    end: async () => {
      const frame = last;
      last = undefined;
      if (frame !== undefined) await Promise.all(Array.from({ length: FAREWELLS }, () => sendOne(frame, true)));
    },
  };
}
