import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const STEP = 60;

/** How many of a long list are drawn: more of them whenever the mark behind the last one comes near the window. */
export function useReveal(total: number): { readonly drawn: number; readonly mark: RefObject<HTMLDivElement | null> } {
  const [drawn, setDrawn] = useState(STEP);
  const mark = useRef<HTMLDivElement>(null);
  const more = drawn < total;
  useEffect(() => {
    if (!more || mark.current === null) return;
    const watch = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setDrawn((now) => now + STEP),
      { rootMargin: "600px" },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [more, drawn]);
  return { drawn, mark };
}
