import { type ReadonlySignal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface Held {
  /** Whether somebody is at the list, or was a moment ago. */
  readonly held: ReadonlySignal<boolean>;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocusIn: () => void;
    readonly onFocusOut: () => void;
  };
}

/** So long a second tap still finds what the first one found. */
const REST_MS = 2000;

/** Tells whether the pointer or the focus is in an element, where nothing should move then. */
export function useHeld(): Held {
  const held = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const pointed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const enter = () => {
    clearTimeout(timer.current);
    held.value = true;
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => held.value = pointed.current || root.current?.matches(":focus-within") === true,
      REST_MS,
    );
  };
  return {
    held,
    root,
    handlers: {
      onPointerEnter: () => {
        pointed.current = true;
        enter();
      },
      onPointerLeave: () => {
        pointed.current = false;
        leave();
      },
      onFocusIn: enter,
      onFocusOut: leave,
    },
  };
}
