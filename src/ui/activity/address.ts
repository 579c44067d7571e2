import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { withQuery } from "../base/api.ts";
import type { Router } from "../base/router.ts";
import { type Filter, filterKey, filterQuery, readFilter } from "./filter.ts";

const PATH = "/activity";
/** Marks a place in the browser's history before which the same list stands without an entry. */
const OPENED = "entry opened";
/** Longer than a browser takes to go back; it may also refuse to. */
const BACK_MS = 1000;
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
  /** Opens an entry or closes it. The browser's back key closes what was opened, whatever was opened after it. */
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
  /** On the way back to the list without an entry; what is asked for meanwhile is noted after that. */
  let returning = false;
  const note = (replace: boolean) => {
    if (returning) return;
    clearTimeout(timer);
    if (router.path.peek() === PATH) router.go(activityHref(filter.peek(), entry.peek()), { replace });
  };
  /** The first entry is a step, which closing takes back; further ones take its place. */
  const noteEntry = (first: boolean) => {
    const step = first || history.state === OPENED;
    note(!first);
    if (step && !returning) history.replaceState(OPENED, "");
  };
  const goBack = () => {
    returning = true;
    history.back();
    timer = setTimeout(returned, BACK_MS);
  };
  const returned = () => {
    returning = false;
    if (entry.peek() === undefined) note(true);
    else noteEntry(true);
  };
  const stop = effect(() => {
    if (router.location.value.path !== PATH) return;
    const now = read();
    clearTimeout(timer);
    if (returning) return returned();
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
      const first = entry.peek() === undefined;
      entry.value = id;
      if (returning) return;
      clearTimeout(timer);
      if (id === undefined && history.state === OPENED) goBack();
      else if (id === undefined || first) noteEntry(first);
      else timer = setTimeout(() => noteEntry(false), NOTE_MS);
    },
    dispose: () => {
      clearTimeout(timer);
      stop();
    },
  };
}
