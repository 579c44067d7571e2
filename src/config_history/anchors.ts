/**
 * The lines that stand once in each of two texts, as many of them as are in the same order in both: their places, in
 * order. Whatever changed around them, these surely stayed.
 */
export function anchorsOf(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [a: number, b: number])[] {
  const inB = placesOfUnique(b);
  const shared = [...placesOfUnique(a)].flatMap(([line, atA]) => {
    const atB = inB.get(line);
    return atB === undefined ? [] : [[atA, atB] as const];
  });
  return longestRising(shared);
}

function placesOfUnique(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    places.set(line, at);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

type Point = readonly [a: number, b: number];

/** Of points with rising first numbers, the most of them whose second ones rise too (patience sorting). */
function longestRising(points: readonly Point[]): readonly Point[] {
  /** Of the rows so far of each length, the one that ends lowest: the index of its last point. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  const second = (index: number | undefined) => points[index ?? 0]?.[1] ?? 0;
  for (const [index, [, b]] of points.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (second(ends[middle]) < b) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1];
    ends[low] = index;
  }
  const row: Point[] = [];
  for (let index = ends.at(-1); index !== undefined; index = before[index]) {
    const point = points[index];
    if (point) row.push(point);
  }
  return row.reverse();
}
