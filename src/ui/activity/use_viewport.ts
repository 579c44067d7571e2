import { batch, type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

/** The part of the list that is in sight, in pixels from its beginning, a little rounded. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

export interface Viewport {
  readonly span: ReadonlySignal<Span>;
  readonly sizes: ReadonlySignal<{ readonly row: number }>;
  /** What is in sight at this moment, to the pixel. */
  look(): Span;
  /** Scrolls no further than needed until it is in sight, below a heading. */
  reveal(top: number, height: number, heading: number): void;
}

type Ref = { readonly current: HTMLElement | null };

/** Coarser than a pixel, so that not every movement draws anew. */
const STEP = 96;
const NEAR_TOP = 4;

/** Watches where a list stands in the window. */
export function useViewport(root: Ref, atTop: Signal<boolean>): Viewport {
  const span = useSignal<Span>({ top: 0, bottom: 1000 });
  const sizes = useSignal({ row: rowHeight() });
  useLayoutEffect(() => {
    const look = () => {
      const place = placeOf(root);
      if (place === undefined) return;
      batch(() => {
        const top = Math.max(0, Math.floor((place.ceiling - place.top) / STEP) * STEP);
        const bottom = Math.max(0, Math.ceil((innerHeight - place.top) / STEP) * STEP);
        if (top !== span.peek().top || bottom !== span.peek().bottom) span.value = { top, bottom };
        if (rowHeight() !== sizes.peek().row) sizes.value = { row: rowHeight() };
        atTop.value = place.top - place.ceiling > -NEAR_TOP;
      });
    };
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
      atTop.value = true;
    };
  }, []);
  return {
    span,
    sizes,
    look: () => exactSpan(root) ?? span.peek(),
    reveal: (top, height, heading) => reveal(root, top, height, heading),
  };
}

/** Where the list begins in the window, and below what it is seen. */
function placeOf(root: Ref): { readonly top: number; readonly ceiling: number } | undefined {
  if (root.current === null) return undefined;
  const bar = root.current.parentElement?.querySelector(".log-status");
  const ceiling = bar?.getBoundingClientRect().bottom ?? 0;
  return { top: root.current.getBoundingClientRect().top, ceiling: Math.max(0, ceiling) };
}

function exactSpan(root: Ref): Span | undefined {
  const place = placeOf(root);
  return place && { top: place.ceiling - place.top, bottom: innerHeight - bottomBar() - place.top };
}

function reveal(root: Ref, top: number, height: number, heading: number): void {
  const place = placeOf(root);
  if (place === undefined) return;
  const bar = root.current?.parentElement?.querySelector<HTMLElement>(".log-status")?.offsetHeight ?? 0;
  const above = bar + heading - (place.top + top);
  const below = place.top + top + height - (innerHeight - bottomBar());
  if (above > 0) scrollBy({ top: -above, behavior: "instant" });
  // Never so far that its beginning goes out of sight.
  else if (below > 0) scrollBy({ top: Math.min(below, -above), behavior: "instant" });
}

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name);
const rowHeight = () => Number.parseFloat(token("--row")) || 36;
/** What the bar at the bottom of a narrow window covers. */
const bottomBar = () => Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0;
