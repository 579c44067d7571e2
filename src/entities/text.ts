import { z } from "zod";

/**
 * Terminal control sequences (ECMA-48): CSI; the strings OSC, DCS, SOS, PM and APC with their terminator; two-character
 * escapes. Both the ESC form and the one-character C1 form. What is left of a cut sequence loses its controls below.
 */
const ANSI =
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]/g;
/** C0, DEL, C1, the line and paragraph separators. */
// deno-lint-ignore no-control-regex -- control characters are what this is about
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;
/** Bidirectional embeddings, overrides and isolates, which reorder the text around them. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;
const LINE_BREAKS = /\r\n?|[\x85\u2028\u2029]/g;
const VISIBLE = /[^\s\p{Cf}]/u;

/** One line without control characters, terminal sequences, line breaks and bidi controls, trimmed. */
export const cleanLine = (text: string): string =>
  text.replace(ANSI, "").replace(CONTROLS, "").replace(BIDI, "").trim();

/** The same for text of several lines: line breaks become `\n`, tabs stay. */
export const cleanParagraphs = (text: string): string =>
  text.replace(LINE_BREAKS, "\n").replace(ANSI, "")
    .replace(CONTROLS, (control) => control === "\n" || control === "\t" ? control : "").replace(BIDI, "").trim();

/** True when the text has at most `max` code points; looks no further than that. */
export function fits(text: string, max: number): boolean {
  if (text.length <= max) return true;
  let count = 0;
  for (const _ of text) if (++count > max) return false;
  return true;
}

const wellFormed = () =>
  z.string().refine((text) => text.isWellFormed(), { error: "must not contain a lone surrogate", abort: true });

/** A text this much longer than what is left of it may be is refused before it is cleaned. */
const MOST_TO_CLEAN = 16;

const cleanable = (max: number) =>
  wellFormed().refine((text) => text.length <= MOST_TO_CLEAN * max, {
    error: `must have at most ${max} characters`,
    abort: true,
  });

/** A cleaned single line of 1 to `max` code points with something to see in it. */
export const line = (max: number) =>
  cleanable(max).overwrite(cleanLine)
    .refine((text) => VISIBLE.test(text), { error: "must not be empty", abort: true })
    .refine((text) => fits(text, max), `must have at most ${max} characters`)
    .meta({ minLength: 1, maxLength: max });

/** Cleaned text of several lines, 0 to `max` code points. */
export const paragraphs = (max: number) =>
  cleanable(max).overwrite(cleanParagraphs)
    .refine((text) => fits(text, max), `must have at most ${max} characters`)
    .meta({ maxLength: max });

/** Text that is used exactly as given (a path, an address, a secret): 1 to `max` code points, refused rather than cleaned. */
export const exactText = (max: number) =>
  wellFormed()
    .refine((text) => text !== "", { error: "must not be empty", abort: true })
    .refine((text) => fits(text, max), { error: `must have at most ${max} characters`, abort: true })
    .refine((text) => text.search(CONTROLS) < 0, { error: "must not contain control characters", abort: true })
    .refine((text) => text.search(BIDI) < 0, { error: "must not contain bidi controls", abort: true })
    .meta({ minLength: 1, maxLength: max });
