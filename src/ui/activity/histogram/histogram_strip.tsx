import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Filter } from "../../../audit/mod.ts";
import { useMedia } from "../../parts/use_media.ts";
import { filterKey, isEmpty } from "../filter.ts";
import { useLogReading } from "../use_log_reading.ts";
import { type Brush, clamped, runOf } from "./brush.ts";
import { HistogramBars } from "./histogram_bars.tsx";
import { HistogramFoot } from "./histogram_foot.tsx";
import { HistogramTable } from "./histogram_table.tsx";
import { type Histogram, readHistogram, type Run, zoomed } from "./histogram.ts";

/** So many spans at most, and so many words below them. */
const DETAIL = { narrow: { buckets: 48, ticks: 4 }, wide: { buckets: 120, ticks: 8 } } as const;

export interface HistogramStripProps {
  readonly filter: Filter;
  readonly zoomInto: (filter: Filter) => void;
}

/** When the matching entries were, by severity; a span of them can be chosen. */
export function HistogramStrip({ filter, zoomInto }: HistogramStripProps) {
  const detail = useMedia("(max-width: 899px)") ? DETAIL.narrow : DETAIL.wide;
  const key = `${filterKey(filter)} ${detail.buckets}`;
  const { reading, again } = useLogReading(key, (api, signal) => readHistogram(api, filter, detail.buckets, signal));
  const brush = useSignal<Brush | undefined>(undefined);
  const hovered = useSignal<number | undefined>(undefined);
  useEffect(() => void (brush.value = undefined), [key]);
  const histogram = useStill(reading.value.value, brush);
  if (histogram?.total === 0 && isEmpty(filter)) return null;
  const chosen = clamped(brush.value, histogram?.buckets.length ?? 0);
  const run = chosen === undefined ? undefined : runOf(chosen);
  const zoom = (run: Run) => {
    if (histogram === undefined) return;
    brush.value = undefined;
    zoomInto(zoomed(filter, histogram, run));
  };
  return (
    <section
      class="histogram"
      aria-label="Entries over time"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) brush.value = undefined;
      }}
    >
      <HistogramBars histogram={histogram} brush={brush} hovered={hovered} zoom={zoom} />
      <HistogramFoot
        histogram={histogram}
        run={run ?? spot(hovered.value, histogram)}
        zoom={run === undefined ? undefined : () => zoom(run)}
        ticks={detail.ticks}
        problem={reading.value.problem}
        retry={again}
      />
      {histogram !== undefined && <HistogramTable histogram={histogram} />}
    </section>
  );
}

/** What is shown while somebody chooses: it stands still. */
function useStill(latest: Histogram | undefined, brush: Signal<Brush | undefined>): Histogram | undefined {
  const shown = useSignal(latest);
  if (brush.value === undefined && shown.peek() !== latest) shown.value = latest;
  return brush.value === undefined ? latest : shown.peek();
}

const spot = (index: number | undefined, histogram: Histogram | undefined): Run | undefined =>
  index === undefined || index >= (histogram?.buckets.length ?? 0) ? undefined : { first: index, last: index };
