import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface InPlaceProps {
  readonly top: number;
  /** Told how high the content is, so that the rows below give way. */
  readonly height: Signal<number>;
  readonly children: ComponentChildren;
}

/** What stands open between two rows. */
export function InPlace({ top, height, children }: InPlaceProps) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const measure = () => void (height.value = element.offsetHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      height.value = 0;
    };
  }, []);
  return (
    <div ref={root} role="row" class="log-in-place" style={{ top: `${top}px` }}>
      <div role="gridcell">{children}</div>
    </div>
  );
}
