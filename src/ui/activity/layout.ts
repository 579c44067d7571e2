import type { Row } from "./row.ts";

/** The run of rows of one day, in pixels from the beginning of the list. */
export interface DayBlock {
  readonly row: Row;
  readonly top: number;
  readonly height: number;
}

/** Where everything stands, without drawing it. */
export interface Layout {
  readonly height: number;
  readonly days: readonly DayBlock[];
  topOf(index: number): number;
  /** The row at a height, or the nearest. */
  indexAt(y: number): number;
}

export interface Sizes {
  readonly row: number;
  readonly day: number;
  /** What is open in place below its row. */
  readonly open?: { readonly index: number; readonly height: number } | undefined;
}

/** Rows of one height under a heading for each day. The clock may step back, so a day may come again. */
export function createLayout(rows: readonly Row[], { row, day, open }: Sizes): Layout {
  const starts = startsOf(rows);
  const openBefore = (index: number) => open !== undefined && index > open.index ? open.height : 0;
  const topIn = (block: number, index: number) => (block + 1) * day + index * row + openBefore(index);
  const height = rows.length === 0 ? 0 : topIn(starts.length - 1, rows.length);
  const headOf = (block: number) => topIn(block - 1, starts[block] ?? 0);
  const blockOf = (has: (block: number) => boolean) => Math.max(0, lastWhere(starts.length, has));
  return {
    height,
    days: starts.flatMap((start, block) => {
      const first = rows[start];
      const end = block + 1 < starts.length ? headOf(block + 1) : height;
      return first === undefined ? [] : [{ row: first, top: headOf(block), height: end - headOf(block) }];
    }),
    topOf: (index) => topIn(blockOf((block) => (starts[block] ?? 0) <= index), index),
    indexAt: (y) => {
      const block = blockOf((each) => headOf(each) <= y);
      const openAt = open === undefined ? Infinity : topIn(block, open.index) + row;
      const inside = y - (block + 1) * day - (open !== undefined && y >= openAt + open.height ? open.height : 0);
      const index = y >= openAt && y < openAt + (open?.height ?? 0) ? open?.index ?? 0 : Math.floor(inside / row);
      return Math.min(Math.max(index, starts[block] ?? 0), rows.length - 1);
    },
  };
}

function startsOf(rows: readonly Row[]): readonly number[] {
  const starts: number[] = [];
  let day: string | undefined;
  for (const [index, row] of rows.entries()) {
    if (row.day !== day) starts.push(index);
    day = row.day;
  }
  return starts;
}

/** The last of `0..count-1` for which it holds, which must hold for all before; -1 for none. */
function lastWhere(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The index of a place in rows that descend; -1 where it is not. */
export function indexOfSeq(rows: readonly Row[], seq: number): number {
  const index = lastWhere(rows.length, (each) => (rows[each]?.seq ?? 0) >= seq);
  return rows[index]?.seq === seq ? index : -1;
}
