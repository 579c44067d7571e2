import { useLayoutEffect, useRef } from "preact/hooks";

type Root = { readonly current: HTMLElement | null };

/** Where whoever takes the filters off goes on. */
export const focusSearch = (within: ParentNode = document): void =>
  within.querySelector<HTMLElement>(".log-search")?.focus();

/**
 * A pressed button may go with what it took off: the focus then goes to the next mark, else to the search field. To be
 * told of each press on the marks before it is acted upon.
 */
export function useLeftFocus(root: Root): (event: MouseEvent) => void {
  const pressed = useRef<{ readonly button: Element; readonly index: number } | undefined>(undefined);
  const marks = () => [...root.current?.querySelectorAll<HTMLElement>(".log-mark button") ?? []];
  useLayoutEffect(() => {
    const left = pressed.current;
    pressed.current = undefined;
    if (left === undefined || left.button.isConnected || document.activeElement !== document.body) return;
    const next = marks()[left.index];
    if (next !== undefined) next.focus();
    else focusSearch(root.current ?? document);
  });
  return ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    pressed.current = button === null ? undefined : { button, index: marks().indexOf(button) };
  };
}
