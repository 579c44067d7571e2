import { useEffect, useRef, useState } from "preact/hooks";
import type { Filter } from "../../audit/mod.ts";
import { useUi } from "../ui.ts";
import { filterKey } from "./filter.ts";
import type { Bounds } from "./held_rows.ts";
import type { KeptLists } from "./kept_lists.ts";
import { createLogList, type LogList } from "./log_list.ts";

type Sizes = { readonly first: number; readonly further: number } & Bounds;

export interface OpenList {
  readonly list: LogList;
  /** How far down one was, where one comes back to it. */
  readonly top: number | undefined;
}

/**
 * A list for as long as the filter stays the same; the next one begins with what the last one knew. Where lists are
 * kept, one comes back to a list as it was left.
 */
export function useLogList(filter: Filter, sizes: Sizes, keptLists?: KeptLists): OpenList | undefined {
  const { api, live } = useUi();
  const [open, setOpen] = useState<OpenList | undefined>(undefined);
  const last = useRef<LogList | undefined>(undefined);
  const key = filterKey(filter);
  useEffect(() => {
    const kept = keptLists?.take(key);
    const list = createLogList({ api, live }, {
      filter,
      pages: { first: sizes.first, further: sizes.further },
      bounds: { rows: sizes.rows, waiting: sizes.waiting },
      rows: last.current?.state.peek().rows ?? [],
      kept: kept?.log,
    });
    const place = followScroll(kept?.top);
    last.current = list;
    setOpen({ list, top: kept?.top });
    return () => {
      const log = list.keep();
      if (log !== undefined) keptLists?.keep(key, { log, top: place.end() });
      list.dispose();
    };
  }, [key]);
  return open;
}

/** How far down the page was by its last scroll: as a view ends, the next one has scrolled already. */
function followScroll(start = scrollY) {
  let top = start;
  const note = () => void (top = scrollY);
  addEventListener("scroll", note, { passive: true });
  return {
    end: () => {
      removeEventListener("scroll", note);
      return top;
    },
  };
}
