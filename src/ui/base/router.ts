import { computed, type ReadonlySignal, signal } from "@preact/signals";

export interface Location {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The address of the view: everything that it shows can be reopened from it. */
export interface Router {
  readonly location: ReadonlySignal<Location>;
  readonly path: ReadonlySignal<string>;
  /** `replace` leaves no step back: for what is typed or toggled. */
  go(to: string, options?: { readonly replace?: boolean }): void;
}

const read = (): Location => ({
  path: globalThis.location.pathname.replace(/(.)\/+$/, "$1"),
  query: new URLSearchParams(globalThis.location.search),
});

export function createRouter(): Router {
  const location = signal(read());
  const update = () => location.value = read();
  addEventListener("popstate", update);
  return {
    location,
    path: computed(() => location.value.path),
    go: (to, { replace = false } = {}) => {
      const here = globalThis.location.pathname + globalThis.location.search;
      if (to === here) return;
      const moved = new URL(to, globalThis.location.href).pathname !== globalThis.location.pathname;
      if (replace) history.replaceState(null, "", to);
      else history.pushState(null, "", to);
      update();
      if (moved) scrollTo(0, 0);
    },
  };
}

/** The parts of a path that a pattern such as `/library/:type/:id` names; undefined when it does not fit. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const part = given[index] ?? "";
    if (!step.startsWith(":")) {
      if (step !== part) return undefined;
    } else {
      try {
        found[step.slice(1)] = decodeURIComponent(part);
      } catch {
        return undefined; // a broken escape: no view has that address
      }
    }
  }
  return found;
}
