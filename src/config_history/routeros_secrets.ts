import { type Mask, maskAddresses } from "./secrets.ts";

/** The last word of a property's name. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  "password",
  "passwd",
  "pass",
  "passphrase",
  "secret",
  "psk",
  "pin",
  "token",
  "key",
  "community",
  "credentials",
]);
/** Properties that are secrets in one section alone. */
const SECRET_HERE: Readonly<Record<string, string>> = {
  "/snmp community": "name",
  "/container envs": "value",
  "/zerotier": "identity",
};

function isSecret(name: string, section: string): boolean {
  const here = Object.entries(SECRET_HERE).find(([path]) => section === path || section.startsWith(`${path} `));
  if (here?.[1] === name) return true;
  if (name === "public-key" || (section.startsWith("/container envs") && name === "key")) return false;
  const words = name.toLowerCase().split(/[._-]/);
  const last = words.at(-1) ?? "";
  return SECRET_WORDS.has(/^\d+$/.test(last) ? words.at(-2) ?? "" : last);
}

/** Masks the values of secret properties, also where they stand in scripts, and who addresses log in as. */
export function maskRouterOs(text: string, mask: Mask): string {
  const next = /^(\/[^\n=]*)|(?<![\w.-])([\w.-]{1,256})=/gm;
  let section = "";
  let kept = "";
  let from = 0;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [whole, path, name] = found;
    if (path !== undefined) {
      section = path.trimEnd();
      // Its own command may follow on the same line.
      next.lastIndex = found.index + 1;
      continue;
    }
    if (name === undefined || !isSecret(name, section)) continue;
    const start = found.index + whole.length;
    const value = valueAt(text, start);
    if (value.secret !== "") kept += text.slice(from, start) + value.open + mask(value.secret) + value.close;
    if (value.secret !== "") from = value.end;
    next.lastIndex = value.end;
  }
  return maskAddresses(kept + text.slice(from), mask);
}

interface Value {
  readonly open: string;
  readonly secret: string;
  readonly close: string;
  /** Behind it. */
  readonly end: number;
}

/** The value that begins there: quoted, quoted inside of a quoted script, or plain. */
function valueAt(text: string, start: number): Value {
  const slashes = backslashesFrom(text, start);
  return text[start + slashes] === '"' ? quotedAt(text, start, slashes) : plainAt(text, start);
}

/** Without its end it goes on to that of the line, in a script, or of the text. */
function quotedAt(text: string, start: number, slashes: number): Value {
  const begin = start + slashes + 1;
  const line = text.indexOf("\n", begin);
  const last = slashes === 0 || line < 0 ? text.length : line;
  const open = text.slice(start, begin);
  for (let at = text.indexOf('"', begin); at >= 0 && at < last; at = text.indexOf('"', at + 1)) {
    const before = Math.min(backslashesBefore(text, at), at - begin);
    if (slashes === 0 ? before % 2 === 1 : before !== slashes) continue;
    return { open, secret: text.slice(begin, at - slashes), close: open, end: at + 1 };
  }
  return { open, secret: text.slice(begin, last), close: open, end: last };
}

function plainAt(text: string, start: number): Value {
  let end = start;
  while (end < text.length && !/[\s"]/.test(text[end] ?? "")) {
    const pair = text[end] === "\\" && /[^"\s]/.test(text[end + 1] ?? " ");
    if (text[end] === "\\" && text[end + 1] === '"') break;
    end += pair ? 2 : 1;
  }
  return { open: "", secret: text.slice(start, end), close: "", end };
}

function backslashesFrom(text: string, at: number): number {
  let count = 0;
  while (text[at + count] === "\\") count++;
  return count;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text[at - count - 1] === "\\") count++;
  return count;
}
