import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { barsOf, STACK } from "./bars.ts";
import { type Brush, bucketAt, clamped, moved, runOf, stepOf } from "./brush.ts";
import type { Histogram, Run } from "./histogram.ts";
import { runWords } from "./words.ts";

export interface HistogramBarsProps {
  readonly histogram: Histogram | undefined;
  /** False while the bars are those of another filter: nothing can be chosen of them. */
  readonly fresh: boolean;
  readonly brush: Signal<Brush | undefined>;
  /** The bucket that the mouse is over. */
  readonly hovered: Signal<number | undefined>;
  readonly zoom: (run: Run) => void;
}

const HEIGHT = 48;

/** The bars, on which a span is chosen: drawn over, or with the arrow keys. */
export function HistogramBars({ histogram, fresh, brush, hovered, zoom }: HistogramBarsProps) {
  const drawn = histogram?.buckets.length ?? 0;
  const count = fresh ? drawn : 0;
  const chosen = clamped(brush.value, count);
  const run = chosen && runOf(chosen);
  const shown = run ?? (count === 0 ? undefined : { first: 0, last: count - 1 });
  const words = histogram !== undefined && shown !== undefined
    ? runWords(histogram, shown)
    : fresh
    ? "No entries"
    : "Not counted";
  const bars = barsOf(histogram?.buckets ?? [], HEIGHT);
  const pointer = usePointer({ count, brush, hovered, zoom });
  return (
    <div
      class="histogram-bars"
      role="slider"
      tabIndex={0}
      aria-label="Span of time"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={chosen?.end ?? Math.max(0, count - 1)}
      aria-valuetext={words}
      aria-describedby="histogram-help"
      aria-busy={!fresh && drawn > 0}
      onKeyDown={(event) => pressed(event, { brush, count, zoom })}
      {...pointer}
    >
      <svg viewBox={`0 0 ${Math.max(1, drawn)} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {run !== undefined && (
          <rect class="histogram-run" x={run.first} width={run.last - run.first + 1} height={HEIGHT} />
        )}
        {fresh && run === undefined && hovered.value !== undefined && (
          <rect class="histogram-hover" x={hovered.value} width={1} height={HEIGHT} />
        )}
        {STACK.map((severity) => <path key={severity} class={`histogram-${severity}`} d={bars[severity]} />)}
      </svg>
      <span id="histogram-help" class="visually-hidden">
        Arrow keys choose a span, with Shift a longer one. Enter shows it alone, Escape lets it go.
      </span>
    </div>
  );
}

interface Choosing {
  readonly brush: Signal<Brush | undefined>;
  readonly count: number;
  readonly zoom: (run: Run) => void;
}

function pressed(event: KeyboardEvent, { brush, count, zoom }: Choosing): void {
  if (count === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = stepOf(event.key);
  const chosen = clamped(brush.peek(), count);
  if (step !== undefined) brush.value = moved(chosen, step, event.shiftKey, count);
  else if (event.key === "Enter" && chosen !== undefined) zoom(runOf(chosen));
  else if (event.key === "Escape" && chosen !== undefined) brush.value = undefined;
  else return;
  event.preventDefault();
}

interface PointerOptions extends Pick<HistogramBarsProps, "brush" | "hovered" | "zoom"> {
  /** How many buckets there are to choose from. */
  readonly count: number;
}

/** A press chooses one bucket, a press that moves a span, which is shown as soon as it ends. */
function usePointer({ count, brush, hovered, zoom }: PointerOptions) {
  const drawing = useRef(false);
  const at = ({ currentTarget, clientX }: PointerEvent): number => {
    if (!(currentTarget instanceof Element)) return 0;
    const { left, width } = currentTarget.getBoundingClientRect();
    return bucketAt((clientX - left) / width, count);
  };
  const stop = () => {
    drawing.current = false;
    brush.value = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (count === 0 || event.button !== 0 || !event.isPrimary) return;
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
      drawing.current = true;
      brush.value = { anchor: at(event), end: at(event) };
    },
    onPointerMove: (event: PointerEvent) => {
      if (count === 0) return;
      const { value } = brush;
      if (drawing.current && value !== undefined) {
        if (value.end !== at(event)) brush.value = { ...value, end: at(event) };
      } else if (event.pointerType === "mouse") hovered.value = at(event);
    },
    onPointerUp: () => {
      const drawn = drawing.current && count > 0 ? brush.value : undefined;
      drawing.current = false;
      if (drawn !== undefined && drawn.anchor !== drawn.end) zoom(runOf(drawn));
    },
    onPointerCancel: stop,
    onPointerLeave: () => hovered.value = undefined,
  };
}
