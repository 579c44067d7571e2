import type { LiveSource } from "./about.ts";
import type { Clock } from "./clock.ts";
import type { PixelPacket } from "./packet.ts";

/** What somebody streams to the strip. */
export interface Stream {
  accept(packet: PixelPacket, address: string): void;
  /** Undefined while nobody streams. */
  source(): LiveSource | undefined;
  /** RGB as last shown. */
  frame(): Uint8Array;
  end(): void;
}

interface StreamDeps {
  readonly ledCount: number;
  readonly clock: Clock;
  readonly shown: () => void;
  readonly ended: () => void;
}

/** At most one timer, and that only while somebody streams. */
export function createStream({ ledCount, clock, shown, ended }: StreamDeps): Stream {
  const painted = new Uint8Array(ledCount * 3);
  const frame = new Uint8Array(ledCount * 3);
  let source: LiveSource | undefined;
  let until = 0;
  let disarm: (() => void) | undefined;
  // A sender that never pushes is shown packet by packet.
  let pushes = false;

  function end() {
    disarm?.();
    disarm = undefined;
    if (source === undefined) return;
    source = undefined;
    ended();
  }
  function watch() {
    disarm?.();
    disarm = undefined;
    const left = until - clock.now();
    if (left <= 0) end();
    else if (left < Infinity) disarm = clock.after(left, watch);
  }
  function begin(mode: PixelPacket["mode"], address: string) {
    if (source === undefined) painted.fill(0);
    if (source?.mode !== mode) pushes = false;
    if (source?.mode !== mode || source.address !== address) source = { mode, address };
  }
  function prolong(timeout: number) {
    const next = clock.now() + timeout;
    const sooner = next < until;
    until = next;
    // A running timer finds out by itself that there is more time, but not that there is less.
    if (sooner || disarm === undefined) watch();
  }
  return {
    accept(packet, address) {
      if (packet.timeout === 0) return end();
      begin(packet.mode, address);
      packet.paint(painted);
      pushes ||= packet.push;
      if (packet.push || !pushes) {
        frame.set(painted);
        shown();
      }
      prolong(packet.timeout);
    },
    source: () => source,
    frame: () => frame,
    end,
  };
}
