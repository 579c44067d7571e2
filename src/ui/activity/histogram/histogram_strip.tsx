import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Problem } from "../../base/problem.ts";
import { useMedia } from "../../parts/use_media.ts";
import { useUi } from "../../ui.ts";
import { type Filter, filterKey, isEmpty } from "../filter.ts";
import { useLogReading } from "../use_log_reading.ts";
import { type Brush, clamped, runOf } from "./brush.ts";
import { HistogramBars } from "./histogram_bars.tsx";
import { HistogramFoot } from "./histogram_foot.tsx";
import { HistogramTable } from "./histogram_table.tsx";
import { type Histogram, readHistogram, type Run, zoomed } from "./histogram.ts";
import { sameSpan } from "./zoom.ts";

/** So many spans at most, so many words below them, and how near to the ends a word would be cut. */
const DETAIL = { narrow: { buckets: 48, ticks: 4, edge: 0.1 }, wide: { buckets: 120, ticks: 8, edge: 0.04 } } as const;

export interface HistogramStripProps {
  readonly filter: Filter;
  readonly zoomInto: (filter: Filter) => void;
  /** What else is counted: why that failed is said here too. */
  readonly beside: { readonly problem: Problem | undefined; readonly again: () => void };
}

/** When the matching entries were, by severity; a span of them can be chosen. */
export function HistogramStrip({ filter, zoomInto, beside }: HistogramStripProps) {
  const detail = useMedia("(max-width: 899px)") ? DETAIL.narrow : DETAIL.wide;
  const key = `${filterKey(filter)} ${detail.buckets}`;
  const { live } = useUi();
  const { reading, fresh, again } = useLogReading(
    key,
    (api, signal) => readHistogram(api, filter, detail.buckets, signal),
  );
  const brush = useSignal<Brush | undefined>(undefined);
  const hovered = useSignal<number | undefined>(undefined);
  useEffect(() => void (brush.value = undefined), [key]);
  useEffect(() =>
    live.on(({ type }) => {
      if (type === "log_cleared" || type === "reset") brush.value = undefined;
    }), [live]);
  const histogram = useStill(reading.value.value, brush);
  if (fresh && histogram?.total === 0 && isEmpty(filter)) return null;
  const chosen = clamped(fresh ? brush.value : undefined, histogram?.buckets.length ?? 0);
  const run = chosen === undefined ? undefined : runOf(chosen);
  const narrower = (run: Run): Filter | undefined => {
    const wanted = histogram === undefined ? filter : zoomed(filter, histogram, run);
    return sameSpan(wanted, filter) ? undefined : wanted;
  };
  const zoom = (run: Run) => {
    const wanted = narrower(run);
    if (wanted === undefined) return;
    brush.value = undefined;
    zoomInto(wanted);
  };
  return (
    <section
      class="histogram"
      aria-label="Entries over time"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) brush.value = undefined;
      }}
    >
      <HistogramBars histogram={histogram} fresh={fresh} brush={brush} hovered={hovered} zoom={zoom} />
      <HistogramFoot
        histogram={histogram}
        run={run ?? (fresh ? spot(hovered.value, histogram) : undefined)}
        zoom={run === undefined || narrower(run) === undefined ? undefined : () => zoom(run)}
        axis={detail}
        problem={reading.value.problem ?? (run === undefined ? beside.problem : undefined)}
        retry={() => {
          again();
          beside.again();
        }}
      />
      {fresh && histogram !== undefined && <HistogramTable histogram={histogram} />}
    </section>
  );
}

/** What is shown while somebody chooses: it stands still. */
function useStill(latest: Histogram | undefined, brush: Signal<Brush | undefined>): Histogram | undefined {
  const shown = useSignal(latest);
  const moves = brush.value === undefined || latest === undefined;
  if (moves && shown.peek() !== latest) shown.value = latest;
  return moves ? latest : shown.peek();
}

const spot = (index: number | undefined, histogram: Histogram | undefined): Run | undefined =>
  index === undefined || index >= (histogram?.buckets.length ?? 0) ? undefined : { first: index, last: index };
