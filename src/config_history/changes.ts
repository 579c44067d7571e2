import { cleanLine } from "../entities/text.ts";
import type { Edit } from "./line_diff.ts";
import { TEXT_KINDS } from "./normalise.ts";
import type { ResourceType } from "./types.ts";

/** What changed in one part of a configuration. */
export interface Change {
  /** `/ip address`, `cfg.nw.ins`. */
  readonly component: string;
  readonly kind: "added" | "removed" | "modified";
  /** How many came or went, brackets alone not counted. */
  readonly lines: number;
  /** The first of them. */
  readonly line: string;
}

const MOST_LINE = 200;

interface Part {
  readonly added: string[];
  readonly removed: string[];
}

/** Groups changed lines by the part that they belong to, in the order in which these stand. */
export function changesOf(edits: readonly Edit[], type: ResourceType): readonly Change[] {
  const { components, bare } = TEXT_KINDS[type];
  const ofOld = components(linesOf(edits, "+"));
  const ofNew = components(linesOf(edits, "-"));
  const parts = new Map<string, Part>();
  let [old, fresh] = [0, 0];
  for (const { kind, line } of edits) {
    const name = (kind === "+" ? ofNew[fresh] : ofOld[old]) ?? "";
    if (kind !== "+") old++;
    if (kind !== "-") fresh++;
    if (kind === " ") continue;
    const part = parts.get(name) ?? { added: [], removed: [] };
    parts.set(name, part);
    (kind === "+" ? part.added : part.removed).push(bare(line));
  }
  return absorbed([...parts].flatMap(([name, part]) => changeOf(name, part) ?? []));
}

/** What came or went as a whole is one change with all that is in it. */
function absorbed(changes: readonly Change[]): readonly Change[] {
  const whole = new Map<string, Change>();
  for (const change of changes.toSorted((a, b) => a.component.length - b.component.length)) {
    const outer = change.kind === "modified" ? undefined : outerOf(change, whole);
    const into = outer ?? change;
    whole.set(into.component, outer ? { ...outer, lines: outer.lines + change.lines } : change);
  }
  return changes.flatMap(({ component }) => whole.get(component) ?? []);
}

function outerOf({ component, kind }: Change, known: ReadonlyMap<string, Change>): Change | undefined {
  for (let end = component.lastIndexOf("."); end > 0; end = component.lastIndexOf(".", end - 1)) {
    const outer = known.get(component.slice(0, end));
    if (outer?.kind === kind) return outer;
  }
  return undefined;
}

const linesOf = (edits: readonly Edit[], without: "+" | "-"): readonly string[] =>
  edits.filter(({ kind }) => kind !== without).map(({ line }) => line);

/** Undefined when nothing is left once lines that only stand beside others now are taken out. */
function changeOf(component: string, part: Part): Change | undefined {
  const added = without(part.added, part.removed).filter(says);
  const removed = without(part.removed, part.added).filter(says);
  const lines = added.length + removed.length;
  if (lines === 0) return undefined;
  const kind = removed.length === 0 ? "added" : added.length === 0 ? "removed" : "modified";
  const line = added[0] ?? removed[0] ?? "";
  return { component, kind, lines, line };
}

/** A bracket alone says nothing, and a search may take it for the one of its neighbour. */
const says = (line: string): boolean => /[^\s[\]{}]/.test(line);

/** Those of the first that have no partner among the others. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** As people read it: names and lines are what a device makes of them. */
export const shownChange = ({ component, line, ...change }: Change): Change => ({
  ...change,
  component: shown(component) || "(whole)",
  line: shown(line),
});

const shown = (text: string): string => [...cleanLine(text.slice(0, 4 * MOST_LINE))].slice(0, MOST_LINE).join("");
