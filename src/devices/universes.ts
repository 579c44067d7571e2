/** 170 LEDs of three channels; the two channels that are left of 512 stay unused, so that no LED is split. */
const MOST_BYTES = 510;

export const LEDS_PER_UNIVERSE = MOST_BYTES / 3;

/** What one DMX universe shows of a frame. */
export interface UniversePart {
  readonly universe: number;
  readonly data: Uint8Array;
}

/** A frame across universes that follow each other. */
export function universesOf(frame: Uint8Array, first: number): readonly UniversePart[] {
  return Array.from({ length: Math.ceil(frame.length / MOST_BYTES) }, (_, index) => ({
    universe: first + index,
    data: frame.subarray(index * MOST_BYTES, (index + 1) * MOST_BYTES),
  }));
}

/** The last universe of a strip. */
export const lastUniverse = (first: number, ledCount: number): number =>
  first + Math.ceil(ledCount / LEDS_PER_UNIVERSE) - 1;

/** The universes that a protocol has. */
export interface UniverseRange {
  readonly first: number;
  readonly last: number;
}

/** Why a strip cannot begin at this universe, or undefined. */
export function universeProblem(
  { first, last }: UniverseRange,
  universe: number,
  ledCount: number,
): string | undefined {
  if (universe < first) return `must be at least ${first}`;
  if (universe > last) return `must be at most ${last}`;
  return lastUniverse(universe, ledCount) > last
    ? `leaves no room for so many LEDs, ${LEDS_PER_UNIVERSE} to a universe`
    : undefined;
}
