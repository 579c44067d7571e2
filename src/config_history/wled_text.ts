import { type JsonNode, readJson, writeJson } from "./json_node.ts";
import { type Mask, maskAddresses } from "./secrets.ts";

/** Keys whose texts are secrets, whatever stands before; `-`, `_` and case do not count. */
const SECRET_KEY = /(?:psk|pass|pwd|password|passwd|passphrase|passcode|pin|key|token|secret|hash|credentials?)$|^wpa/;
const isSecretKey = (key: string): boolean => SECRET_KEY.test(key.toLowerCase().replaceAll(/[\s_-]/g, ""));

/** What a controller measures rather than keeps. */
const VOLATILE: ReadonlySet<string> = new Set(["uptime", "freeheap", "rssi"]);

/**
 * `{"cfg": …, "presets": …}` with sorted keys and without what changes by itself; secrets are masked. Undefined when that
 * cannot be made of it. Doing it twice changes nothing.
 */
export function normaliseWled(text: string, mask: Mask): string | undefined {
  const read = readJson(text);
  return read && `${writeJson(keep(read, mask, false))}\n`;
}

function keep(node: JsonNode, mask: Mask, secret: boolean): JsonNode {
  if (node.kind === "literal") return node;
  if (node.kind === "string") return { kind: "string", value: keepText(node.value, mask, secret) };
  if (node.kind === "array") return { kind: "array", items: node.items.map((item) => keep(item, mask, secret)) };
  const members = [...node.members].filter(([key, value]) => !(VOLATILE.has(key) && isPlain(value)));
  return {
    kind: "object",
    members: new Map(members.map(([key, value]) => [key, keep(value, mask, secret || isSecretKey(key))])),
  };
}

const isPlain = ({ kind }: JsonNode) => kind === "literal" || kind === "string";

function keepText(text: string, mask: Mask, secret: boolean): string {
  if (secret) return text === "" ? text : mask(text);
  return maskAddresses(text, mask);
}

/** `cfg.nw.ins`, `presets.3`: what each line of a normalised text belongs to. */
export function wledComponents(lines: readonly string[]): readonly string[] {
  const path: string[] = [];
  let name = "";
  return lines.map((line) => {
    const depth = line.search(/\S/) / 2;
    if (depth > MOST_PARTS) return name;
    const key = KEY.exec(line)?.[1];
    // A bracket that closes still belongs to what it closes.
    path.length = Math.min(path.length, key === undefined ? depth + 1 : depth);
    while (path.length < depth) path.push("");
    if (key !== undefined) path[depth] = key;
    const named = path.filter((part) => part !== "");
    name = named.slice(0, named[0] === "presets" ? 2 : MOST_PARTS).join(".");
    return name;
  });
}

const MOST_PARTS = 3;
const KEY = /^ *"((?:[^"\\]|\\.){0,200})": /;
