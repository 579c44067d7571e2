import type { WledSegment, WledState } from "./state.ts";

const isLit = ({ on }: WledSegment) => on;

/** RGB of each LED: its segment's first colour, dimmed by the segment and by the whole. Dark outside of segments. */
export function solidPixels({ on, bri, seg }: WledState, ledCount: number): Uint8Array {
  const pixels = new Uint8Array(ledCount * 3);
  if (!on) return pixels;
  for (const segment of seg.filter(isLit)) {
    const dimmed = segment.col[0].slice(0, 3).map((channel) => Math.round(channel * segment.bri * bri / 65025));
    for (let led = segment.start; led < segment.stop; led++) pixels.set(dimmed, led * 3);
  }
  return pixels;
}
