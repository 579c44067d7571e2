/** The same keys, and no leaf of the type that it should have. */
export function withWrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return { length: value.length };
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withWrongTypes(inner)]));
  }
  return typeof value === "string" ? value.length : [value];
}
