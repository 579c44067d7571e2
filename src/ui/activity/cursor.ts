import { type ReadonlySignal, signal } from "@preact/signals";
import { indexOfSeq } from "./layout.ts";
import type { LogList } from "./log_list.ts";
import type { Row } from "./row.ts";

/** A wish to bring a row into sight; a new object each time. */
export interface Wish {
  readonly seq: number;
  /** Also make it the one that keys act on. */
  readonly focus: boolean;
}

/** What is in sight of the rows, told by whoever draws them. */
export interface Sight {
  /** Those that can be seen whole. */
  readonly first: number;
  readonly last: number;
  /** The reader scrolled since the cursor was placed. */
  readonly scrolled: boolean;
}

/** The row that keys act on: it stays the same entry whatever comes above it. */
export interface Cursor {
  readonly seq: ReadonlySignal<number | undefined>;
  readonly wish: ReadonlySignal<Wish | undefined>;
  look: () => Sight;
  place(seq: number): void;
  reveal(seq: number, options?: { readonly focus?: boolean }): void;
  /**
   * Goes so many rows down; without a place, or when the reader scrolled away from it, it begins with the first in
   * sight. Returns where it went.
   */
  move(rows: number): Row | undefined;
  moveTo(end: "first" | "last"): Row | undefined;
}

export function createCursor(list: Pick<LogList, "state">): Cursor {
  const seq = signal<number | undefined>(undefined);
  const wish = signal<Wish | undefined>(undefined);
  const reveal: Cursor["reveal"] = (to, { focus = false } = {}) => void (wish.value = { seq: to, focus });
  const goTo = (index: number): Row | undefined => {
    const { rows } = list.state.peek();
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row === undefined) return undefined;
    seq.value = row.seq;
    reveal(row.seq, { focus: true });
    return row;
  };
  const cursor: Cursor = {
    seq,
    wish,
    look: () => ({ first: 0, last: 0, scrolled: false }),
    place: (to) => void (seq.value = to),
    reveal,
    move: (by) => {
      const now = seq.peek() === undefined ? -1 : indexOfSeq(list.state.peek().rows, seq.peek() ?? 0);
      const { first, last, scrolled } = cursor.look();
      const away = scrolled && (now < first - 1 || now > last + 1);
      return goTo(now < 0 || away ? first : now + by);
    },
    moveTo: (end) => goTo(end === "first" ? 0 : Infinity),
  };
  return cursor;
}
