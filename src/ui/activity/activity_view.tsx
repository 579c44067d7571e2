import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { Skeleton } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { createAddress } from "./address.ts";
import { LogPanel } from "./log_panel.tsx";
import { ExportMenu } from "./export/export_menu.tsx";
import { type Facets, readFacets } from "./facets/facets.ts";
import { filterKey } from "./filter.ts";
import { HistogramStrip } from "./histogram/histogram_strip.tsx";
import { createZoom, hasSpan } from "./histogram/zoom.ts";
import type { LogList } from "./log_list.ts";
import type { Total } from "./log_state.ts";
import { createReading } from "./reading.ts";
import { RecordingOff } from "./recording_off.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useKeptList } from "./use_kept_list.ts";
import { useLogReading } from "./use_log_reading.ts";

const SIZES = { first: 50, further: 200, rows: 20_000, waiting: 5000 };

/** The whole log: what to look for, then what was found. */
export function ActivityView(_props: ViewProps) {
  const { router } = useUi();
  const address = useMemo(() => createAddress(router), [router]);
  const reading = useMemo(createReading, []);
  useEffect(() => address.dispose, [address]);
  useTitle("Activity");
  useOwnScroll();
  const zoom = useMemo(() => createZoom(address), [address]);
  const filter = address.filter.value;
  const list = useKeptList(filter, SIZES, reading);
  const counted = useLogReading(filterKey(filter), (api, signal) => readFacets(api, filter, signal));
  const { value: facets, problem } = counted.reading.value;
  return (
    <>
      <header class="page-head">
        <h1>Activity</h1>
        <ExportMenu filter={filter} total={() => totalFrom(counted.fresh ? facets : undefined, list)} />
      </header>
      <RecordingOff />
      <Toolbar
        address={address}
        facets={facets}
        fresh={counted.fresh}
        zoomOut={hasSpan(filter) ? zoom.out : undefined}
      />
      <HistogramStrip filter={filter} zoomInto={zoom.into} beside={{ problem, again: counted.again }} />
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

/** How many match: as the list counts them, and where it stopped counting as the facets do. */
function totalFrom(facets: Facets | undefined, list: LogList | undefined): Total | undefined {
  const listed = list?.state.value.total;
  if (listed?.capped !== true || facets === undefined || facets.total < listed.count) return listed;
  return { count: facets.total, capped: facets.partial };
}
