import { wordsIn } from "../base/words_in.ts";
import type { Shape } from "../library/form/shapes.ts";
import { isUnfinished, typedIn, unfinished } from "../library/form/unfinished.ts";

/** A value as it stands in its input. */
export function textOf(value: unknown): string {
  if (isUnfinished(value)) return typedIn(value);
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** What the text of an input means for a field. */
export function valueOf(shape: Shape, text: string): unknown {
  if (shape.control === "words") return wordsIn(text);
  const empty = text.trim() === "";
  if (shape.control === "number") {
    if (empty && shape.nullable) return null;
    return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : unfinished(text);
  }
  return shape.control === "text" && shape.nullable && empty ? null : text;
}
