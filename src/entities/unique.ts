import type { z } from "zod";

/** A check for lists: no two items with the same key. An item whose key is null repeats nothing. */
export const noRepeats = <T>(keyOf: (item: T) => string | null, field?: string): z.core.CheckFn<T[]> => (payload) => {
  const seen = new Set<string>();
  payload.value.forEach((item, index) => {
    const key = keyOf(item);
    if (key === null) return;
    if (seen.has(key)) {
      const path = field === undefined ? [index] : [index, field];
      payload.issues.push({ code: "custom", input: item, path, message: "must not be in the list twice" });
    }
    seen.add(key);
  });
};
