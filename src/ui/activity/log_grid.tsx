import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { dayLabel } from "../base/format.ts";
import type { Cursor } from "./cursor.ts";
import { createLayout, type DayBlock, indexOfSeq, type Layout } from "./layout.ts";
import type { LogList } from "./log_list.ts";
import { LogRow } from "./log_row.tsx";
import type { Reading } from "./reading.ts";
import type { Row } from "./row.ts";
import { InPlace } from "./in_place.tsx";
import { type Span, useViewport } from "./use_viewport.ts";

export interface LogGridProps {
  readonly list: LogList;
  readonly cursor: Cursor;
  readonly reading: Reading;
  readonly openSeq: number | undefined;
  readonly toggle: (id: string) => void;
  /** Where the name of an actor leads; nowhere when left out. */
  readonly by?: ((actor: string) => string) | undefined;
  /** What stands open below its row. */
  readonly inPlace: ComponentChildren;
}

const DAY_HEIGHT = 32;
/** Rows that are drawn beyond what is in sight. */
const BEYOND = 8;
/** Older entries are asked for when so few are left. */
const AHEAD = 30;

/** The rows: only those near what is in sight are drawn. */
export function LogGrid({ list, cursor, reading, openSeq, toggle, by, inPlace }: LogGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const view = useViewport(root, reading.atTop);
  const openHeight = useSignal(0);
  const { rows, phase, total, waitingCount } = list.state.value;
  const openIndex = inPlace && openSeq !== undefined ? indexOfSeq(rows, openSeq) : -1;
  const sizes = view.sizes.value;
  const open = openIndex < 0 ? undefined : { index: openIndex, height: openHeight.value };
  const layout = useMemo(() => createLayout(rows, { row: sizes.row, day: DAY_HEIGHT, open }), [
    rows,
    sizes.row,
    open?.index,
    open?.height,
  ]);
  const { top, bottom } = view.span.value;
  const first = Math.max(0, layout.indexAt(top) - BEYOND);
  const last = Math.min(rows.length - 1, layout.indexAt(bottom) + BEYOND);
  const scroll = useRef(0);
  const rest = () => void (scroll.current = scrollY);
  cursor.look = () => {
    const { first, last } = wholeIn(layout, view.look(), sizes.row);
    return { first, last, scrolled: Math.abs(scrollY - scroll.current) > 1 };
  };
  const current = currentIndex(rows, cursor, layout.indexAt(top));

  useWish(cursor, (seq, focus) => {
    const index = indexOfSeq(rows, seq);
    if (index < 0) return;
    view.reveal(layout.topOf(index), sizes.row, DAY_HEIGHT);
    if (focus) rowElement(root.current, seq)?.focus({ preventScroll: true });
    rest();
  });
  useOpened(open?.height ? openSeq : undefined, () => {
    view.reveal(layout.topOf(openIndex), sizes.row + openHeight.value, DAY_HEIGHT);
  });
  useMore(list, last);
  const exact = total !== undefined && !total.capped;
  const drawn = indexes(first, last, current, openIndex, rows.length);
  return (
    <div
      ref={root}
      class="log-grid"
      {...(rows.length === 0 ? {} : {
        role: "grid" as const,
        "aria-label": "Entries, newest first",
        "aria-busy": phase === "loading",
        "aria-rowcount": exact ? Math.max(total.count - waitingCount, rows.length) : -1,
      })}
      style={{ height: `${layout.height}px` }}
      onClick={(event) => {
        clickedRow(event, (id) => toggle(id), rows, cursor);
        rest();
      }}
      onFocusIn={(event) => {
        focusedRow(event, cursor);
        rest();
      }}
    >
      {drawn.map((index) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <LogRow
            key={row.seq}
            row={row}
            place={index + 1}
            top={layout.topOf(index)}
            open={row.seq === openSeq}
            current={index === current}
            by={by}
          />
        );
      })}
      {openIndex >= 0 && (
        <InPlace key="open" top={layout.topOf(openIndex) + sizes.row} height={openHeight}>{inPlace}</InPlace>
      )}
      {daysNear(layout, top, bottom).map((day, index) => <DayHead key={`day${index}`} day={day} />)}
    </div>
  );
}

/** Fulfils the cursor's wish for a row once the row is drawn. */
function useWish(cursor: Cursor, fulfil: (seq: number, focus: boolean) => void): void {
  const wish = cursor.wish.value;
  useLayoutEffect(() => {
    if (wish !== undefined) fulfil(wish.seq, wish.focus);
  }, [wish]);
}

/** Brings what was just opened into sight, once it is known how high it is. */
function useOpened(seq: number | undefined, show: () => void): void {
  useLayoutEffect(() => {
    if (seq !== undefined) show();
  }, [seq]);
}

/** Asks for older entries before the reader is at the end. */
function useMore(list: LogList, lastDrawn: number): void {
  const { rows, next, partial, older } = list.state.value;
  const wanted = rows.length > 0 && lastDrawn >= rows.length - AHEAD;
  const possible = next !== undefined && !partial && older === "idle";
  useEffect(() => {
    if (wanted && possible) list.more();
  }, [wanted, possible, rows.length]);
}

/** The row that has the Tab key's stop: where the cursor is, else the first in sight. */
function currentIndex(rows: readonly Row[], cursor: Cursor, otherwise: number): number {
  const index = cursor.seq.value === undefined ? -1 : indexOfSeq(rows, cursor.seq.value);
  return index < 0 ? otherwise : index;
}

/** Those in sight, and always the current and the open one, so that focus is never lost. */
function indexes(first: number, last: number, ...always: readonly number[]): readonly number[] {
  const count = always.at(-1) ?? 0;
  const near = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const far = always.slice(0, -1).filter((index) => index >= 0 && index < count && (index < first || index > last));
  return [...new Set([...far.filter((index) => index < first), ...near, ...far.filter((index) => index > last)])];
}

/** The rows that can be seen whole below the heading of their day; a pixel more or less is no matter. */
function wholeIn(
  layout: Layout,
  { top, bottom }: Span,
  row: number,
): { readonly first: number; readonly last: number } {
  const ceiling = Math.max(0, top) + DAY_HEIGHT - 1;
  const [first, last] = [layout.indexAt(ceiling), layout.indexAt(bottom)];
  return {
    first: layout.topOf(first) < ceiling ? first + 1 : first,
    last: layout.topOf(last) + row > bottom + 1 ? last - 1 : last,
  };
}

const daysNear = (layout: Layout, top: number, bottom: number) =>
  layout.days.filter((day) => day.top < bottom + 400 && day.top + day.height > top - 400);

/** Sticks while its day is in sight. Each row says its own day to who does not see this. */
function DayHead({ day }: { readonly day: DayBlock }) {
  return (
    <div class="log-day" aria-hidden="true" style={{ top: `${day.top}px`, height: `${day.height}px` }}>
      <p>{dayLabel(day.row.entry.ts)}</p>
    </div>
  );
}

const rowElement = (root: HTMLElement | null, seq: number) => root?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);

const seqAt = (target: EventTarget | null): number | undefined => {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-seq]") : null;
  return row === null ? undefined : Number(row.dataset["seq"]);
};

function clickedRow(event: MouseEvent, toggle: (id: string) => void, rows: readonly Row[], cursor: Cursor): void {
  const seq = seqAt(event.target);
  const onLink = event.target instanceof Element && event.target.closest("a, button") !== null;
  if (seq === undefined || onLink || event.defaultPrevented || String(getSelection()) !== "") return;
  const row = rows[indexOfSeq(rows, seq)];
  cursor.place(seq);
  if (row !== undefined) toggle(row.entry.id);
}

function focusedRow(event: FocusEvent, cursor: Cursor): void {
  const seq = seqAt(event.target);
  if (seq !== undefined) cursor.place(seq);
}
