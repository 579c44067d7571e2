import type { Breathe } from "./breath.ts";
import { type JsonNode, readJson, writeJson } from "./json_node.ts";
import { isSecretName, isSurelySecret, type Mask, maskForms } from "./secrets.ts";

/** What a controller measures rather than keeps. */
const VOLATILE: ReadonlySet<string> = new Set(["uptime", "freeheap", "rssi"]);

/**
 * `{"cfg": …, "presets": …}` with sorted keys and without what changes by itself; secrets are masked. Undefined when that
 * cannot be made of it. Doing it twice changes nothing.
 */
export async function normaliseWled(text: string, mask: Mask, breathe: Breathe): Promise<string | undefined> {
  const read = readJson(text);
  await breathe(text.length);
  const kept = read && await keep(read, { mask, breathe }, "open");
  await breathe(text.length);
  return kept && `${writeJson(kept)}\n`;
}

/** What a value is by its key, or that of what it is in: a secret with its numbers, with its texts alone, or none. */
type Secrecy = "all" | "texts" | "open";
/** Work of one value and of one mark, in characters. */
const VALUE_WORK = 20;
const MARK_WORK = 400;

interface Tools {
  readonly mask: Mask;
  readonly breathe: Breathe;
}

async function keep(node: JsonNode, tools: Tools, secrecy: Secrecy): Promise<JsonNode> {
  if (node.kind === "literal" || node.kind === "string") return keepPlain(node, tools.mask, secrecy);
  const others = tools.breathe(node.kind === "array" ? node.items.length * VALUE_WORK : node.members.size * MARK_WORK);
  if (others) await others;
  if (node.kind === "array") {
    const items: JsonNode[] = [];
    for (const item of node.items) {
      items.push(isPlain(item) ? keepPlain(item, tools.mask, secrecy) : await keep(item, tools, secrecy));
    }
    return { kind: "array", items };
  }
  const members = new Map<string, JsonNode>();
  for (const [key, value] of node.members) {
    if (VOLATILE.has(key) && isPlain(value)) continue;
    const within = secrecyOf(key, secrecy);
    members.set(key, isPlain(value) ? keepPlain(value, tools.mask, within) : await keep(value, tools, within));
  }
  return { kind: "object", members };
}

function secrecyOf(key: string, outer: Secrecy): Secrecy {
  if (outer === "all" || isSurelySecret(key)) return "all";
  return outer === "texts" || isSecretName(key) ? "texts" : "open";
}

type PlainNode = Extract<JsonNode, { readonly kind: "literal" | "string" }>;
const isPlain = (node: JsonNode): node is PlainNode => node.kind === "literal" || node.kind === "string";

function keepPlain(node: PlainNode, mask: Mask, secrecy: Secrecy): JsonNode {
  if (node.kind === "literal") {
    return secrecy === "all" && /^-?[1-9]/.test(node.text) ? { kind: "string", value: mask(node.text) } : node;
  }
  if (secrecy === "open") return { kind: "string", value: maskForms(node.value, mask) };
  return node.value === "" ? node : { kind: "string", value: mask(node.value) };
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
