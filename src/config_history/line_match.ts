import { diffArrays } from "diff";
import { anchorsOf } from "./anchors.ts";

/** The places of a line in both texts. */
export type Pair = readonly [a: number, b: number];

/** Steps of one search and of all of them, as their edits squared: the event loop is held no longer than these take. */
const MOST_EDITS = 400;
const ALL_STEPS = 2 * MOST_EDITS ** 2;
/** Should the machine be that slow. */
const TIMEOUT_MS = 200;

/**
 * Which lines stay. Lines that stand in each text once hold the rest in place; between two of them the shortest way is
 * searched. `whole` is false when that was too far somewhere: there no line stays.
 */
export function matchLines(
  a: readonly string[],
  b: readonly string[],
): { readonly pairs: readonly Pair[]; readonly whole: boolean } {
  const pairs: Pair[] = [];
  let [fromA, fromB, steps, whole] = [0, 0, ALL_STEPS, true];
  for (const [toA, toB] of [...anchorsOf(a, b), [a.length, b.length] as const]) {
    const found = matchBetween(
      a.slice(fromA, toA),
      b.slice(fromB, toB),
      Math.min(MOST_EDITS, Math.floor(Math.sqrt(steps))),
    );
    for (const [atA, atB] of found.pairs) pairs.push([fromA + atA, fromB + atB]);
    whole &&= found.whole;
    steps = Math.max(0, steps - found.edits ** 2);
    if (toA < a.length) pairs.push([toA, toB]);
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  return { pairs, whole };
}

/** How many lines two texts begin and end with alike. */
export function commonEnds(a: readonly string[], b: readonly string[]): readonly [head: number, tail: number] {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [head, tail];
}

interface Matched {
  readonly pairs: readonly Pair[];
  readonly whole: boolean;
  /** What the search cost. */
  readonly edits: number;
}

function matchBetween(a: readonly string[], b: readonly string[], mostEdits: number): Matched {
  const [head, tail] = commonEnds(a, b);
  const [endA, endB] = [a.length - tail, b.length - tail];
  const inner = searched(a.slice(head, endA), b.slice(head, endB), mostEdits);
  const shifted = inner.pairs.map(([atA, atB]): Pair => [head + atA, head + atB]);
  const heads = Array.from({ length: head }, (_, at): Pair => [at, at]);
  const tails = Array.from({ length: tail }, (_, at): Pair => [endA + at, endB + at]);
  return { ...inner, pairs: [...heads, ...shifted, ...tails] };
}

/** Only lines that stand in both are searched: the others cannot match. */
function searched(a: readonly string[], b: readonly string[], mostEdits: number): Matched {
  const [inA, inB] = [new Set(a), new Set(b)];
  const placesIn = (lines: readonly string[], other: ReadonlySet<string>) =>
    [...lines.keys()].filter((at) => other.has(lines[at] ?? ""));
  const [atA, atB] = [placesIn(a, inB), placesIn(b, inA)];
  if (atA.length === 0) return { pairs: [], whole: true, edits: 0 };
  const limits = { maxEditLength: mostEdits, timeout: TIMEOUT_MS };
  const parts = diffArrays(atA.map((at) => a[at] ?? ""), atB.map((at) => b[at] ?? ""), limits);
  if (parts === undefined) return { pairs: [], whole: false, edits: mostEdits };
  const pairs: Pair[] = [];
  let [nextA, nextB, edits] = [0, 0, 0];
  for (const { added, removed, count } of parts) {
    const stays = !added && !removed;
    for (let step = 0; stays && step < count; step++) pairs.push([atA[nextA + step] ?? 0, atB[nextB + step] ?? 0]);
    if (!added) nextA += count;
    if (!removed) nextB += count;
    if (!stays) edits += count;
  }
  return { pairs, whole: true, edits };
}
