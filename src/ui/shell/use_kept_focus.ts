import { useEffect } from "preact/hooks";

/** Where what had the focus goes away, the focus goes to what took its place, else to the nearest part around it. */
export function useKeptFocus(main: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const root = main.current;
    if (root === null) return;
    let path: readonly Element[] = [];
    const note = ({ target }: FocusEvent) => void (path = target instanceof Element ? pathOf(target, root) : []);
    const look = () => {
      const [last] = path;
      if (last === undefined || document.activeElement !== document.body) return;
      if (last.isConnected && !last.matches(":disabled")) return; // left on purpose
      path = path.filter((each) => each.isConnected);
      focusOn((last.id !== "" && document.getElementById(last.id)) || path.find((each) => each.matches(PARTS)) || root);
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    root.addEventListener("focusin", note);
    return () => {
      observer.disconnect();
      root.removeEventListener("focusin", note);
    };
  }, []);
}

const PARTS = "form, section, article, search, .log-main";

function pathOf(element: Element, root: Element): readonly Element[] {
  const path: Element[] = [];
  for (let each: Element | null = element; each !== null && each !== root; each = each.parentElement) path.push(each);
  return path;
}

function focusOn(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
