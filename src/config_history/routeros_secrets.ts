import type { Breathe } from "./breath.ts";
import { backslashesBefore, endAround, type Quotes, quotesOf } from "./routeros_quotes.ts";
import { isSecretName, type Mask, maskForms } from "./secrets.ts";

/** Properties that are secrets in one section alone. */
const SECRET_HERE: Readonly<Record<string, readonly string[]>> = {
  "/snmp community": ["name"],
  "/container envs": ["value"],
  "/zerotier": ["identity"],
  "/system ntp key": ["val", "key-val", "value"],
};

function isSecret(name: string, section: string): boolean {
  const here = Object.entries(SECRET_HERE).find(([path]) => section === path || section.startsWith(`${path} `));
  if (here?.[1].includes(name)) return true;
  if (section.startsWith("/container envs") && name === "key") return false;
  return isSecretName(name) || /(?:^|-)community$/i.test(name);
}

/**
 * A section; a name before its value (`name=`, `"name":` in scripts, `name: ` and `name = ` in other text); or a variable that
 * is given one. A mark is none of these.
 */
const NEXT =
  /^(\/[^\n=]*)|(?<![\w.-])(?!secret:[0-9a-f]{8}>)([\w.-]{1,256})(?:=|\\*"[=:] ?| = |: ?)|:(?:local|global|set) +\\*\$?([\w.-]{1,256}) +/g;
/** How a tunnel proves who sent what: `auth=sha1`. */
const PLAIN_AUTH = "auth=";
/** What one mark costs, in characters that are read meanwhile. */
const MARKING = 100;
/** A line with more secrets than anybody writes is one. */
const MOST_MARKS = 1000;

/** Masks the values of secret properties, also where they stand in scripts, and what is a secret by its form. */
export async function maskRouterOs(text: string, mask: Mask, breathe: Breathe): Promise<string> {
  let masked = "";
  let section = "";
  let marks = 0;
  const counted: Mask = (secret) => {
    marks++;
    return marks > MOST_MARKS ? "" : mask(secret);
  };
  for (let from = 0; from < text.length;) {
    const line = maskLine(text, from, section, counted);
    section = line.section;
    const shown = maskForms(line.shown, counted);
    masked += (marks > MOST_MARKS ? mask(text.slice(from, line.end)) : shown) + (text[line.end] ?? "");
    const others = breathe(line.end - from + Math.min(marks, MOST_MARKS) * MARKING);
    if (others) await others;
    [from, marks] = [line.end + 1, 0];
  }
  return masked;
}

interface Line {
  readonly shown: string;
  readonly section: string;
  /** Behind it: a string without an end on its line goes on in others. */
  readonly end: number;
}

function maskLine(text: string, from: number, above: string, mask: Mask): Line {
  const line = text.slice(from, endOfLine(text, from));
  const quotes = quotesOf(line);
  const next = new RegExp(NEXT);
  let [section, shown, kept, headers] = [above, "", 0, 0];
  for (let found = next.exec(line); found !== null; found = next.exec(line)) {
    const [whole, path, property, variable] = found;
    if (path !== undefined) {
      section = `/${path.slice(1).trim().replaceAll("/", " ")}`;
      next.lastIndex = 1; // its own command may follow on the same line
    } else if (whole !== PLAIN_AUTH && isSecret(property ?? variable ?? "", section)) {
      const start = found.index + whole.length;
      if (!quotes.balanced) {
        const end = endOfUnsure(text, from + start, from + line.length);
        return { shown: shown + line.slice(kept, start) + mask(text.slice(from + start, end)), section, end };
      }
      const { begin, end, close } = headerAt(line, start, whole, headers, quotes) ??
        valueAt(line, start, quotes.ends);
      if (end > begin) [shown, kept] = [shown + line.slice(kept, begin) + mask(line.slice(begin, end)), end];
      next.lastIndex = Math.max(end + close, found.index + 1);
    } else {
      const start = found.index + whole.length;
      if (property === "http-header-field" && start > headers) headers = valueAt(line, start, quotes.ends).end;
      if (whole.endsWith(":")) next.lastIndex--; // it may begin `:local`
    }
  }
  return { shown: shown + line.slice(kept), section, end: from + line.length };
}

interface Value {
  readonly begin: number;
  readonly end: number;
  /** How long is what ends it. */
  readonly close: number;
}

/** `,Authorization:` behind a value without blanks. */
const NEXT_HEADER = /^[^\s"]*,\s?[\w-]{1,64}:/;
const MOST_HEADER = 80;

/** What a header is given, which may have blanks in it and others behind it: all of it, to the end of their list or string. */
function headerAt(line: string, start: number, whole: string, headers: number, quotes: Quotes): Value | undefined {
  if (!/[^"]: ?$/.test(whole)) return undefined;
  if (start <= headers) return { begin: start, end: headers, close: 0 };
  const listed = /authorization: ?$/i.test(whole) ||
    NEXT_HEADER.test(line.slice(start, plainEnd(line, start) + MOST_HEADER));
  return listed ? { begin: start, end: endAround(line, start, quotes), close: 0 } : undefined;
}

/** The value that begins there: a string, or plain. */
function valueAt(line: string, start: number, ends: Quotes["ends"]): Value {
  const slashes = backslashesFrom(line, start);
  const end = ends.get(start + slashes);
  if (end !== undefined) return { begin: start + slashes + 1, end: end - slashes, close: slashes + 1 };
  const plain = plainEnd(line, start);
  // `Authorization: Bearer …`
  const scheme = /^(?:basic|bearer|digest|token) /i.exec(line.slice(start, start + 8));
  return { begin: start, end: scheme ? plainEnd(line, start + scheme[0].length) : plain, close: 0 };
}

function plainEnd(line: string, start: number): number {
  let end = start;
  for (; end < line.length; end++) {
    const code = line[end];
    if (code === '"' || code === " " || code === "\t") return end;
    if (code !== "\\") continue;
    if (line[end + 1] === '"') return end;
    if (end + 1 < line.length && line[end + 1] !== " " && line[end + 1] !== "\t") end++;
  }
  return Math.min(end, line.length);
}

/** Where the strings of a line are unsure, the rest of it is the secret, up to the line on which a string ends that began. */
function endOfUnsure(text: string, start: number, lineEnd: number): number {
  if (text[start] !== '"') return lineEnd;
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && backslashesBefore(text, at) % 2 === 1) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : Math.max(lineEnd, endOfLine(text, at));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function backslashesFrom(text: string, at: number): number {
  let count = 0;
  while (text[at + count] === "\\") count++;
  return count;
}
