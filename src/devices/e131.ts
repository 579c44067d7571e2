import type { UniversePart } from "./universes.ts";

/** E1.31 (streaming ACN): DMX universes over UDP. */
export const E131_PORT = 5568;

export interface E131Fields extends UniversePart {
  /** 0..255, of its own for each universe. */
  readonly sequence: number;
  /** 0..200 */
  readonly priority: number;
  /** 16 bytes that tell this source from all others. */
  readonly source: Uint8Array;
  /** The stream ends with this packet. */
  readonly ends: boolean;
}

/** One data packet. */
export type E131Packet = (fields: E131Fields) => Uint8Array;

export const nextE131Sequence = (sequence: number): number => (sequence + 1) % 256;
