import { useEffect, useRef, useState } from "preact/hooks";
import { useUi } from "../ui.ts";
import { type Filter, filterKey } from "./filter.ts";
import type { Bounds } from "./held_rows.ts";
import type { KeyedList } from "./kept_log.ts";
import { createLogList, type LogList } from "./log_list.ts";

export interface ListSizes extends Bounds {
  readonly first: number;
  readonly further: number;
}

/** What becomes of a list beyond the view that shows it. */
export interface Keeping {
  /** The list to begin with. */
  readonly left: KeyedList | undefined;
  /** Takes the last one over. */
  keep(last: KeyedList): void;
}

/** A list for as long as the filter stays the same; the next one begins with what the last one knew. */
export function useLogList(
  filter: Filter,
  sizes: ListSizes,
  { left, keep }: Keeping = { left: undefined, keep: ({ list }) => list.dispose() },
): LogList | undefined {
  const { api, live } = useUi();
  const [list, setList] = useState<LogList | undefined>(left?.list);
  const last = useRef<KeyedList | undefined>(left);
  const key = filterKey(filter);
  useEffect(() => {
    const before = last.current;
    if (before?.key === key) return;
    const next = createLogList({ api, live }, {
      filter,
      pages: { first: sizes.first, further: sizes.further },
      bounds: { rows: sizes.rows, waiting: sizes.waiting },
      rows: before?.list.state.peek().rows ?? [],
    });
    before?.list.dispose();
    last.current = { key, list: next };
    setList(next);
  }, [key]);
  useEffect(() => () => {
    if (last.current !== undefined) keep(last.current);
  }, []);
  return list;
}
