import type { Hunk } from "./answers.ts";

/** One line of two texts that are compared. */
export interface DiffLine {
  readonly sign: " " | "+" | "-";
  /** Its number in the old text and in the new one, where it is there. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly text: string;
}

/** Lines that are the same in both and are not told. */
export interface Skipped {
  readonly skipped: number;
}

/** What stands beside each other. */
export interface DiffPair {
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

export const isSkipped = (row: object): row is Skipped => "skipped" in row;

/** The lines of all hunks, one beneath the other, with what lies between them. */
export function linesOf(hunks: readonly Hunk[]): readonly (DiffLine | Skipped)[] {
  let told = 1;
  return hunks.flatMap(({ old_start, new_start, lines }) => {
    const skipped = new_start - told;
    let [before, after] = [old_start, new_start];
    const rows = lines.map((line): DiffLine => {
      const text = line.slice(1);
      if (line.startsWith("+")) return { sign: "+", before: undefined, after: after++, text };
      if (line.startsWith("-")) return { sign: "-", before: before++, after: undefined, text };
      return { sign: " ", before: before++, after: after++, text };
    });
    told = after;
    return skipped > 0 ? [{ skipped }, ...rows] : rows;
  });
}

/** The same in two columns: what was removed stands beside what took its place. */
export function pairsOf(lines: readonly (DiffLine | Skipped)[]): readonly (DiffPair | Skipped)[] {
  const pairs: (DiffPair | Skipped)[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const settle = () => {
    const count = Math.max(removed.length, added.length);
    for (let at = 0; at < count; at++) pairs.push({ left: removed[at], right: added[at] });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (!isSkipped(line) && line.sign === "+") added.push(line);
    else if (!isSkipped(line) && line.sign === "-") {
      if (added.length > 0) settle();
      removed.push(line);
    } else {
      settle();
      pairs.push(isSkipped(line) ? line : { left: line, right: line });
    }
  }
  settle();
  return pairs;
}
