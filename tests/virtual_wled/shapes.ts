/** A value's shape as lines `path: type`; of a list its first item speaks for all. */
export function shapeOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return [`${path}: list`, ...(value.length > 0 ? shapeOf(value[0], `${path}[]`) : [])];
  if (typeof value !== "object" || value === null) return [`${path}: ${value === null ? "null" : typeof value}`];
  const inner = Object.entries(value).flatMap(([key, item]) => shapeOf(item, path === "" ? key : `${path}.${key}`));
  return [`${path}: object`, ...inner];
}

export const missingFrom = (actual: unknown, expected: unknown): readonly string[] => {
  const there = new Set(shapeOf(actual));
  return shapeOf(expected).filter((line) => !there.has(line));
};
