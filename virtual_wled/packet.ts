/** What one datagram of a pixel stream asks for. */
export interface PixelPacket {
  readonly mode: "UDP" | "DDP";
  /** Milliseconds without a further packet after which the stream is over; Infinity for never, 0 for now. */
  readonly timeout: number;
  /** Shows what was painted so far. Other packets of the same frame came before. */
  readonly push: boolean;
  /** Paints into RGB of the whole strip; what lies beyond its end is left out. */
  readonly paint: (frame: Uint8Array) => void;
}

/** What goes on when a sender names no time of its own. */
export const DEFAULT_TIMEOUT = 2500;

/** One LED from `channels` bytes at `from`: white, if there is one, shines through all three colours. */
export function paintLed(frame: Uint8Array, led: number, bytes: Uint8Array, from: number, channels: 3 | 4): void {
  if ((led + 1) * 3 > frame.length) return;
  const white = channels === 4 ? bytes[from + 3] ?? 0 : 0;
  for (let color = 0; color < 3; color++) frame[led * 3 + color] = Math.min(255, (bytes[from + color] ?? 0) + white);
}

/** The LEDs from `first` on, from all of `bytes`; a last one that is cut short is left out. */
export function paintRun(frame: Uint8Array, first: number, bytes: Uint8Array, channels: 3 | 4): void {
  const count = Math.min(Math.floor(bytes.length / channels), frame.length / 3 - first);
  for (let led = 0; led < count; led++) paintLed(frame, first + led, bytes, led * channels, channels);
}
