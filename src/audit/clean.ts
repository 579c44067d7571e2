export const NAME_LIMIT = 256;
export const TEXT_LIMIT = 512;

// Escape sequences first: what they leave behind would otherwise read as text.
// deno-lint-ignore no-control-regex
const ANSI = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]/g;
// Controls (C0, DEL, C1), line and paragraph separators, bidi marks, embeddings, overrides and isolates.
// deno-lint-ignore no-control-regex
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
// deno-lint-ignore no-control-regex
const SUSPECT = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// Up to the last @ of the authority, as URL parsers read it: a password may hold one.
const CREDENTIALS = /([a-z][a-z0-9+.-]{0,31}:\/\/)[^\s/?#]*@/gi;

/**
 * Text as an entry may hold it: no control characters, escape sequences, line breaks, bidi overrides, lone surrogates
 * or user info of a URL; at most `limit` code points.
 */
export function cleanText(text: string, limit: number): string {
  // Far more than can be kept is never looked at; a sequence that the cut breaks is cleaned like any other text.
  let clean = text.length > limit * 8 ? text.slice(0, limit * 8) : text;
  if (SUSPECT.test(clean)) {
    clean = clean.replace(ANSI, "").replace(UNSAFE, "").replace(
      LONE_SURROGATE,
      "",
    );
  }
  if (clean.includes("@")) clean = clean.replace(CREDENTIALS, "$1");
  return clean.length > limit ? cut(clean, limit) : clean;
}

/** The first `limit` code points. */
function cut(text: string, limit: number): string {
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) {
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
