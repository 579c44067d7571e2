import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useUi } from "../ui.ts";

const STEP = 60;

/**
 * How many of a long list are drawn: more of them whenever the mark behind the last one comes near the window. Whoever
 * comes back to the page finds as many as there were, so that the browser can scroll to where they stood.
 */
export function useReveal(total: number): { readonly drawn: number; readonly mark: RefObject<HTMLDivElement | null> } {
  const { router, lights: { revealed } } = useUi();
  const path = router.path.peek();
  const [drawn, setDrawn] = useState(() => revealed.get(path) ?? STEP);
  const mark = useRef<HTMLDivElement>(null);
  const more = drawn < total;
  useEffect(() => void revealed.set(path, drawn), [path, drawn]);
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
