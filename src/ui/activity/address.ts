import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { withQuery } from "../base/api.ts";
import type { Router } from "../base/router.ts";
import { type Filter, filterKey, filterQuery, readFilter } from "./filter.ts";

const PATH = "/activity";
/** Browsers refuse to note many addresses a second, as come from a key held down. */
const NOTE_MS = 200;

/** The address that shows these entries, and this one of them open. */
export const activityHref = (filter: Filter, entry?: string): string =>
  withQuery(PATH, { ...filterQuery(filter), entry });

/** What the activity page shows, kept in step with its address in both directions. */
export interface Address {
  readonly filter: ReadonlySignal<Filter>;
  /** The id of the entry that is open. */
  readonly entry: ReadonlySignal<string | undefined>;
  /** Another filter; with `step` the browser's back key leads to the present one. */
  show(filter: Filter, options?: { readonly step?: boolean }): void;
  open(entry: string | undefined): void;
  dispose(): void;
}

export function createAddress(router: Router): Address {
  const read = () => {
    const { query } = router.location.peek();
    return { filter: readFilter(query), entry: query.get("entry") ?? undefined };
  };
  const filter = signal(read().filter);
  const entry = signal(read().entry);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = (replace: boolean) => {
    clearTimeout(timer);
    if (router.path.peek() === PATH) router.go(activityHref(filter.peek(), entry.peek()), { replace });
  };
  const stop = effect(() => {
    if (router.location.value.path !== PATH) return;
    const now = read();
    clearTimeout(timer);
    if (filterKey(now.filter) !== filterKey(filter.peek())) filter.value = now.filter;
    entry.value = now.entry;
  });
  return {
    filter,
    entry,
    show: (wanted, { step = false } = {}) => {
      filter.value = wanted;
      note(!step);
    },
    open: (id) => {
      entry.value = id;
      clearTimeout(timer);
      timer = setTimeout(() => note(true), NOTE_MS);
    },
    dispose: () => {
      clearTimeout(timer);
      stop();
    },
  };
}
