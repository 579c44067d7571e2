const MOST = 256;

/** Gives out names that nobody has: `Shelf`, `Shelf 2`, `Shelf 3`, … */
export function createNames(taken: readonly string[]): { take(wanted: string): string } {
  const used = new Set(taken);
  const last = new Map<string, number>();
  return {
    take: (wanted) => {
      let count = last.get(wanted) ?? 1;
      while (used.has(numbered(wanted, count))) count += 1;
      last.set(wanted, count);
      const name = numbered(wanted, count);
      used.add(name);
      return name;
    },
  };
}

/** The number is never what is cut off. */
function numbered(name: string, count: number): string {
  if (count === 1) return name;
  const suffix = ` ${count}`;
  const points = [...name];
  return (points.length + suffix.length <= MOST ? name : points.slice(0, MOST - suffix.length).join("").trimEnd()) +
    suffix;
}
