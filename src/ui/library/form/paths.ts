/** A place in a value: names of fields and positions in lists. */
export type Steps = readonly (string | number)[];

/** `["stops", 1, "color"]` → `stops[1].color`, as the API says it. */
export const pathText = (steps: Steps): string =>
  steps.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    if (index === 0) return step;
    return /^[\p{L}\p{N}_$-]+$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  }).join("");

const STEP = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([^.[]+)/gy;

/** The way back; what is not such a path ends where it is no more. */
export function parsePath(text: string): Steps {
  return [...text.matchAll(STEP)].map(([, index, quoted, name]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? unquoted(quoted) : name ?? ""
  );
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text; // no JSON after all
  }
}

/** The value with another one in that place; what leads there is made where it is missing. */
export function setAt(value: unknown, [step, ...rest]: Steps, next: unknown): unknown {
  if (step === undefined) return next;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return Array.from(
      { length: Math.max(list.length, step + 1) },
      (_, at) => at === step ? setAt(list[at], rest, next) : list[at],
    );
  }
  const object: object = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const inner: unknown = Object.entries(object).find(([name]) => name === step)?.[1];
  return { ...object, [step]: setAt(inner, rest, next) };
}
