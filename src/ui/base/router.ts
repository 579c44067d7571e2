import { computed, type ReadonlySignal, signal } from "@preact/signals";

export interface Location {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The address of the view: everything that it shows can be reopened from it. */
export interface Router {
  readonly location: ReadonlySignal<Location>;
  readonly path: ReadonlySignal<string>;
  /** Whether the present address was come to by the browser's keys for back and forward. */
  returned(): boolean;
  /** `replace` leaves no step back: for what is typed or toggled. */
  go(to: string, options?: { readonly replace?: boolean }): void;
  /** Asked before another path is gone to: false stays. One at a time; returns how to ask no more. */
  guard(mayLeave: (to: string) => boolean): () => void;
}

const read = (): Location => ({
  path: globalThis.location.pathname.replace(/(.)\/+$/, "$1"),
  query: new URLSearchParams(globalThis.location.search),
});

export function createRouter(): Router {
  const location = signal(read());
  let returned = false;
  let asked: ((to: string) => boolean) | undefined;
  const update = () => location.value = read();
  const address = () => globalThis.location.pathname + globalThis.location.search;
  let shown = address();
  const stays = (to: string, from: string) => {
    const base = globalThis.location.origin;
    return new URL(to, base).pathname !== new URL(from, base).pathname && asked?.(to) === false;
  };
  addEventListener("popstate", () => {
    const to = address();
    // The browser has moved already: the address goes back to what is shown.
    if (stays(to, shown)) return history.pushState(null, "", shown);
    shown = to;
    returned = true;
    update();
  });
  return {
    location,
    path: computed(() => location.value.path),
    returned: () => returned,
    go: (to, { replace = false } = {}) => {
      if (to === address() || stays(to, shown)) return;
      const moved = new URL(to, globalThis.location.href).pathname !== globalThis.location.pathname;
      if (replace) history.replaceState(null, "", to);
      else history.pushState(null, "", to);
      shown = address();
      returned = false;
      update();
      if (moved) scrollTo(0, 0);
    },
    guard: (mayLeave) => {
      asked = mayLeave;
      return () => {
        if (asked === mayLeave) asked = undefined;
      };
    },
  };
}
