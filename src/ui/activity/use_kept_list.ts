import { effect } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useUi } from "../ui.ts";
import { type Filter, filterKey } from "./filter.ts";
import type { LogList } from "./log_list.ts";
import type { Reading } from "./reading.ts";
import { type ListSizes, useLogList } from "./use_log_list.ts";

/** The list of a filter; whoever comes back to it finds it as it was left. */
export function useKeptList(filter: Filter, sizes: ListSizes, reading: Reading): LogList | undefined {
  const { router, keptLog } = useUi();
  const [left] = useState(() => router.returned() ? keptLog.take(filterKey(filter)) : undefined);
  const top = useRef(0);
  const list = useLogList(filter, sizes, { left, keep: (last) => keptLog.keep({ ...last, top: top.current }) });

  // Heard before the page is scrolled for what comes next.
  useLayoutEffect(() => {
    const path = router.path.peek();
    return effect(() => {
      if (router.path.value !== path) top.current = scrollY;
    });
  }, [router]);
  useLayoutEffect(() => {
    if (left === undefined || list !== left.list) return;
    scrollTo({ top: left.top, behavior: "instant" });
    reading.atTop.value = left.top === 0;
  }, [list]);
  return list;
}
