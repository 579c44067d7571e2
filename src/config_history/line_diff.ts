import { commonEnds, matchLines, type Pair } from "./line_match.ts";

/** A line of the old text, of the new one, or of both. */
export interface Edit {
  readonly kind: " " | "-" | "+";
  readonly line: string;
}

export interface LineDiff {
  /** Every line of both texts, in order. */
  readonly edits: readonly Edit[];
  /** False where they differ too much to tell what stayed: that counts as replaced. */
  readonly minimal: boolean;
}

/** The lines of a text that ends with a line break; an empty one has none. */
export const linesOf = (text: string): readonly string[] => text === "" ? [] : text.replace(/\n$/, "").split("\n");

export function diffLines(before: readonly string[], after: readonly string[]): LineDiff {
  const [head, tail] = commonEnds(before, after);
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const { pairs, whole } = matchLines(a, b);
  const same = (lines: readonly string[]): readonly Edit[] => lines.map((line) => ({ kind: " ", line }));
  return {
    edits: [...same(before.slice(0, head)), ...editsOf(a, b, pairs), ...same(before.slice(before.length - tail))],
    minimal: whole,
  };
}

/** Between two lines that stay: first what went, then what came. */
function editsOf(a: readonly string[], b: readonly string[], pairs: readonly Pair[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [fromA, fromB] = [0, 0];
  const fill = (toA: number, toB: number) => {
    for (; fromA < toA; fromA++) edits.push({ kind: "-", line: a[fromA] ?? "" });
    for (; fromB < toB; fromB++) edits.push({ kind: "+", line: b[fromB] ?? "" });
  };
  for (const [toA, toB] of pairs) {
    fill(toA, toB);
    edits.push({ kind: " ", line: a[toA] ?? "" });
    fromA++;
    fromB++;
  }
  fill(a.length, b.length);
  return edits;
}
