import type { Sent } from "./device_udp.ts";

/** Where frames of pixels go. Never rejects. */
export interface PixelSink {
  /** Shows a frame: red, green and blue of each LED, a byte each. */
  send(frame: Uint8Array): Promise<Sent>;
  /** Tells the receiver that nothing more comes, if there is a way to. A frame after it begins anew. */
  end(): Promise<void>;
}

/** Where each channel of the strip is found in `rgb`; `order` as in `grb`. */
const placesOf = (order: string): readonly number[] => [...order].map((channel) => "rgb".indexOf(channel));

/** The frame as a strip wants it that takes its channels in this order. */
export function inOrder(frame: Uint8Array, order: string): Uint8Array {
  if (order === "rgb") return frame;
  const places = placesOf(order);
  return frame.map((_, index) => frame[index - index % 3 + (places[index % 3] ?? 0)] ?? 0);
}
