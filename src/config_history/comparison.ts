import { type Change, changesOf } from "./changes.ts";
import { diffLines, type LineDiff, linesOf } from "./line_diff.ts";
import type { ResourceType } from "./types.ts";

/** What one text of a configuration has and another has not. */
export interface Comparison extends LineDiff {
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly changes: readonly Change[];
}

/** Holds two normalised texts of the same type against each other. */
export function compare(before: string, after: string, type: ResourceType): Comparison {
  const { edits, minimal } = diffLines(linesOf(before), linesOf(after));
  const count = (wanted: "+" | "-") => edits.reduce((sum, { kind }) => sum + (kind === wanted ? 1 : 0), 0);
  return { edits, minimal, linesAdded: count("+"), linesRemoved: count("-"), changes: changesOf(edits, type) };
}
