import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { Skeleton } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { createAddress } from "./address.ts";
import { LogPanel } from "./log_panel.tsx";
import { createReading } from "./reading.ts";
import { Toolbar } from "./toolbar.tsx";
import { useLogList } from "./use_log_list.ts";

const SIZES = { first: 50, further: 200, rows: 20_000, waiting: 5000 };

/** The whole log: what to look for, then what was found. */
export function ActivityView(_props: ViewProps) {
  const { router, keptLists } = useUi();
  const address = useMemo(() => createAddress(router), [router]);
  const reading = useMemo(createReading, []);
  useEffect(() => address.dispose, [address]);
  useTitle("Activity");
  useOwnScroll();
  const open = useLogList(address.filter.value, SIZES, keptLists);
  return (
    <>
      <header class="page-head">
        <h1>Activity</h1>
      </header>
      <Toolbar address={address} />
      {open === undefined ? <Skeleton rows={12} /> : <LogPanel {...open} address={address} reading={reading} />}
    </>
  );
}

/** The list finds its place itself: what the browser remembers is the place among rows that are not there yet. */
function useOwnScroll(): void {
  useLayoutEffect(() => {
    history.scrollRestoration = "manual";
    return () => void (history.scrollRestoration = "auto");
  }, []);
}
