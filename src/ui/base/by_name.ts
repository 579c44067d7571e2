interface Named {
  readonly id: string;
  readonly name: string;
}

/** In the order in which people look for them: `Strip 2` before `Strip 10`. */
export function byName<T extends Named>(items: readonly T[]): readonly T[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return items.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}
