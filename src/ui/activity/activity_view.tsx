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
  const { router } = useUi();
  const address = useMemo(() => createAddress(router), [router]);
  const reading = useMemo(createReading, []);
  useEffect(() => address.dispose, [address]);
  useTitle("Activity");
  useOwnScroll();
  const list = useLogList(address.filter.value, SIZES);
  return (
    <>
      <header class="page-head">
        <h1>Activity</h1>
      </header>
      <Toolbar address={address} />
      {list === undefined ? <Skeleton rows={12} /> : <LogPanel list={list} address={address} reading={reading} />}
    </>
  );
}

/** Closing an entry may be a step back in the history: the list stays where it is, whatever the browser remembers. */
function useOwnScroll(): void {
  useLayoutEffect(() => {
    history.scrollRestoration = "manual";
    return () => void (history.scrollRestoration = "auto");
  }, []);
}
