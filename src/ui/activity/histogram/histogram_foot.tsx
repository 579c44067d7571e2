import type { Problem } from "../../base/problem.ts";
import { reasonOf } from "../refusal_words.ts";
import { boundsOf, type Histogram, type Run } from "./histogram.ts";
import { ticksOf } from "./ticks.ts";
import { runWords } from "./words.ts";

export interface HistogramFootProps {
  readonly histogram: Histogram | undefined;
  /** What is chosen or pointed at. */
  readonly run: Run | undefined;
  /** Shows the chosen span alone; undefined while none is chosen. */
  readonly zoom: (() => void) | undefined;
  /** How many words of time at most, and how near to the ends one would be cut. */
  readonly axis: { readonly ticks: number; readonly edge: number };
  readonly problem: Problem | undefined;
  readonly retry: () => void;
}

/** Below the bars: the axis of time, or what is chosen. */
export function HistogramFoot({ histogram, run, zoom, axis, problem, retry }: HistogramFootProps) {
  if (problem !== undefined) {
    return (
      <div class="histogram-foot">
        <p class="cut">Cannot count the entries: {reasonOf(problem)}</p>
        <button type="button" onClick={retry}>Retry</button>
      </div>
    );
  }
  if (histogram === undefined || run === undefined) {
    return <div class="histogram-foot" aria-hidden="true">{wordsOn(histogram, axis)}</div>;
  }
  return (
    <div class="histogram-foot">
      <p class="cut">{runWords(histogram, run)}</p>
      {/* The bars keep the focus: without it they let go of what is chosen. */}
      {zoom !== undefined && (
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={zoom}>Zoom in</button>
      )}
    </div>
  );
}

function wordsOn(histogram: Histogram | undefined, { ticks, edge }: HistogramFootProps["axis"]) {
  if (histogram === undefined || histogram.buckets.length === 0) return null;
  const { since, until } = boundsOf(histogram, { first: 0, last: histogram.buckets.length - 1 });
  return ticksOf(Date.parse(since), Date.parse(until) + 1, ticks, edge).map(({ at, label }) => (
    <span key={at} class="histogram-tick" style={{ left: `${at * 100}%` }}>{label}</span>
  ));
}
