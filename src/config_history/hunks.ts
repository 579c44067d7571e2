import { FILE_HEADERS_ONLY, formatPatch } from "diff";
import type { Edit } from "./line_diff.ts";

/** A stretch of changed lines with three around it, as in a unified diff. Lines count from 1. */
export interface Hunk {
  readonly old_start: number;
  readonly new_start: number;
  readonly lines: readonly string[];
}

const CONTEXT = 3;

/** The stretches that changed, cut behind so many lines; `cut` tells whether some are missing. */
export function hunksOf(
  edits: readonly Edit[],
  mostLines: number,
): { readonly hunks: readonly Hunk[]; readonly cut: boolean } {
  const hunks: Hunk[] = [];
  let room = mostLines;
  let [old, fresh, counted] = [1, 1, 0];
  for (const [from, to] of stretchesOf(edits)) {
    for (; counted < from; counted++) {
      if (edits[counted]?.kind !== "+") old++;
      if (edits[counted]?.kind !== "-") fresh++;
    }
    if (room <= 0) return { hunks, cut: true };
    const shown = edits.slice(from, Math.min(to, from + room));
    room -= shown.length;
    hunks.push({ old_start: old, new_start: fresh, lines: shown.map(({ kind, line }) => kind + line) });
    if (shown.length < to - from) return { hunks, cut: true };
  }
  return { hunks, cut: false };
}

/** From and up to which edit each stretch goes; those that would touch are one. */
function stretchesOf(edits: readonly Edit[]): readonly (readonly [from: number, to: number])[] {
  const stretches: [number, number][] = [];
  for (const [at, { kind }] of edits.entries()) {
    if (kind === " ") continue;
    const from = Math.max(0, at - CONTEXT);
    const to = Math.min(edits.length, at + CONTEXT + 1);
    const last = stretches.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else stretches.push([from, to]);
  }
  return stretches;
}

/** The text of a unified diff, as `diff -u` writes it; empty when nothing changed. */
export function unifiedText(
  hunks: readonly Hunk[],
  names: { readonly before: string; readonly after: string },
): string {
  if (hunks.length === 0) return "";
  const count = (lines: readonly string[], other: "+" | "-") => lines.filter((line) => !line.startsWith(other)).length;
  return formatPatch({
    oldFileName: names.before,
    newFileName: names.after,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: hunks.map(({ old_start, new_start, lines }) => {
      const [oldLines, newLines] = [count(lines, "+"), count(lines, "-")];
      return { oldStart: old_start, newStart: new_start, oldLines, newLines, lines: [...lines] };
    }),
  }, FILE_HEADERS_ONLY);
}
