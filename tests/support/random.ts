/** A small deterministic generator (mulberry32), so that a failing run can be repeated by its seed. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability: number) => next() < probability,
    pick: <T>(list: readonly T[]): T => list[int(list.length)]!,
    some: <T>(list: readonly T[], probability: number): readonly T[] => list.filter(() => next() < probability),
  };
}
export type Random = ReturnType<typeof createRandom>;
