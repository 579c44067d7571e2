import { useEffect, useRef, useState } from "preact/hooks";
import type { Filter } from "../../audit/mod.ts";
import { useUi } from "../ui.ts";
import { filterKey } from "./filter.ts";
import type { Bounds } from "./held_rows.ts";
import { createLogList, type LogList } from "./log_list.ts";

/** A list for as long as the filter stays the same; the next one begins with what the last one knew. */
export function useLogList(filter: Filter, sizes: { readonly first: number; readonly further: number } & Bounds) {
  const { api, live } = useUi();
  const [list, setList] = useState<LogList | undefined>(undefined);
  const last = useRef<LogList | undefined>(undefined);
  const key = filterKey(filter);
  useEffect(() => {
    const rows = last.current?.state.peek().rows ?? [];
    const pages = { first: sizes.first, further: sizes.further };
    const made = createLogList({ api, live }, {
      filter,
      pages,
      bounds: { rows: sizes.rows, waiting: sizes.waiting },
      rows,
    });
    last.current = made;
    setList(made);
    return made.dispose;
  }, [key]);
  return list;
}
