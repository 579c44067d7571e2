import type { Entry } from "./entry.ts";
import type { Scalar } from "./recorder_types.ts";

/**
 * Text without differences of case, for searching: the one folding of index, search and live filter.
 * Upper then lower case also joins ß with ss and ſ with s; the final sigma depends on its place, so it goes too.
 */
export function fold(text: string): string {
  return text.normalize("NFC").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** What a text search looks at, folded, one value a line (no value holds a line break). */
export function searchableText(entry: Omit<Entry, "id">): string {
  const values = [
    entry.message,
    entry.entity_name ?? "",
    entry.actor,
    entry.action,
  ];
  for (const value of Object.values(entry.metadata)) values.push(textOfScalar(value));
  return fold(values.join("\n"));
}

/** The text of a metadata value; null has none. */
export const textOfScalar = (value: Scalar): string => value === null ? "" : String(value);

/** Whether the entry holds the text, which must already be folded. */
export function holdsText(entry: Omit<Entry, "id">, folded: string): boolean {
  return !folded.includes("\n") && searchableText(entry).includes(folded);
}
