import { type ReadonlySignal, signal } from "@preact/signals";

/** Which rows of a list are chosen. It outlives what the search shows of them. */
export interface Selection {
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  /** The other way round; with `range` all from the one before to this one, in the order in which they stand. */
  toggle(id: string, order: readonly string[], range: boolean): void;
  /** Adds all of these, or takes all away where every one is chosen already. */
  toggleAll(ids: readonly string[]): void;
  /** These, and no others. */
  only(ids: readonly string[]): void;
}

export function createSelection(): Selection {
  const ids = signal<ReadonlySet<string>>(new Set());
  /** The row that a range begins at. */
  let anchor: string | undefined;
  const set = (some: readonly string[], chosen: boolean) => {
    const next = new Set(ids.peek());
    for (const id of some) {
      if (chosen) next.add(id);
      else next.delete(id);
    }
    ids.value = next;
  };
  return {
    ids,
    toggle: (id, order, range) => {
      const [from, to] = [range && anchor !== undefined ? order.indexOf(anchor) : -1, order.indexOf(id)];
      const some = from < 0 || to < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
      set(some, !ids.peek().has(id));
      anchor = id;
    },
    toggleAll: (some) => set(some, !some.every((id) => ids.peek().has(id))),
    only: (some) => {
      anchor = undefined;
      ids.value = new Set(some);
    },
  };
}
