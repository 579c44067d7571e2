/** JSON as it is written: numbers keep their text, and no key is special. */
export type JsonNode =
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly value: string }
  /** A number, `true`, `false` or `null`. */
  | { readonly kind: "literal"; readonly text: string };

/** Deeper than any device nests. */
const MOST_DEPTH = 64;
/** Levels of all values together: what a short text that nests for its own sake would be written with is far longer. */
const MOST_LEVELS = 2_000_000;

/** Reads a text that is known to be JSON; undefined when it nests too deeply. Of repeated keys the last one counts. */
export function readJson(text: string): JsonNode | undefined {
  let at = 0;
  let tooDeep = false;
  let levels = 0;

  const skipSpace = () => {
    while (" \t\r\n".includes(text[at] ?? "x")) at++;
  };
  const string = (): string => {
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    return String(JSON.parse(text.slice(start, at)));
  };
  /** What stands between the brackets, one after the other. */
  const each = (end: string, one: () => void) => {
    at++;
    for (skipSpace(); at < text.length && text[at] !== end && !tooDeep; skipSpace()) {
      one();
      skipSpace();
      if (text[at] === ",") at++;
    }
    at++;
  };
  const literal = (): JsonNode => {
    const start = at;
    while (at < text.length && !",]} \t\r\n".includes(text[at] ?? "")) at++;
    return { kind: "literal", text: text.slice(start, at) };
  };
  const object = (depth: number): JsonNode => {
    const members = new Map<string, JsonNode>();
    each("}", () => {
      const key = string();
      skipSpace();
      at++; // the colon
      members.set(key, node(depth + 1));
    });
    return { kind: "object", members };
  };
  const array = (depth: number): JsonNode => {
    const items: JsonNode[] = [];
    each("]", () => void items.push(node(depth + 1)));
    return { kind: "array", items };
  };
  const node = (depth: number): JsonNode => {
    skipSpace();
    levels += depth;
    tooDeep ||= depth > MOST_DEPTH || levels > MOST_LEVELS;
    if (tooDeep) return { kind: "literal", text: "null" };
    if (text[at] === "{") return object(depth);
    if (text[at] === "[") return array(depth);
    return text[at] === '"' ? { kind: "string", value: string() } : literal();
  };

  const read = node(0);
  return tooDeep ? undefined : read;
}

const INLINE_WIDTH = 100;
/** Controls, separators and what reorders text: escaped, so that no reader is fooled. */
const UNSEEN = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(UNSEEN, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

const WHOLE = /^\d{1,15}$/;
/** Numbers first, by their value. */
const byKey = ([a]: readonly [string, JsonNode], [b]: readonly [string, JsonNode]): number => {
  if (WHOLE.test(a) && WHOLE.test(b) && Number(a) !== Number(b)) return Number(a) - Number(b);
  const whole = Number(WHOLE.test(b)) - Number(WHOLE.test(a));
  return whole || (a < b ? -1 : 1);
};

/** Writes it with sorted keys, indented by two; a short list of plain values stands on one line. */
export function writeJson(node: JsonNode, indent = ""): string {
  if (node.kind === "literal") return node.text;
  if (node.kind === "string") return quoted(node.value);
  const inner = `${indent}  `;
  if (node.kind === "array") {
    const plain = node.items.every(({ kind }) => kind === "literal" || kind === "string");
    const items = node.items.map((item) => writeJson(item, inner));
    const line = `[${items.join(", ")}]`;
    return plain && line.length <= INLINE_WIDTH ? line : block("[", items, "]", indent);
  }
  const members = [...node.members].sort(byKey).map(([key, value]) => `${quoted(key)}: ${writeJson(value, inner)}`);
  return members.length === 0 ? "{}" : block("{", members, "}", indent);
}

const block = (open: string, lines: readonly string[], close: string, indent: string): string =>
  `${open}\n${lines.map((line) => `${indent}  ${line}`).join(",\n")}\n${indent}${close}`;
