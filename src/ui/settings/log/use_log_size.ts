import { useEffect } from "preact/hooks";
import { type Facets, readFacets } from "../../activity/facets/facets.ts";
import { removalIn, type Total } from "../../activity/log_state.ts";
import { useLogReading } from "../../activity/use_log_reading.ts";
import { useUi } from "../../ui.ts";

export type LogSize = Total;

/** How many entries the log holds, as it grows; undefined while that is not known. `again` looks at once. */
export function useLogSize(): { readonly size: LogSize | undefined; readonly again: () => void } {
  const { live } = useUi();
  const { reading, again } = useLogReading<Facets>("all", (api, signal) => readFacets(api, {}, signal));
  // A long removal ends after the change that asked for it.
  useEffect(() =>
    live.on((message) => {
      if (message.type === "activity_logged" && removalIn(message.entry) !== undefined) again();
    }), []);
  const { value } = reading.value;
  return { size: value && { count: value.total, capped: value.partial }, again };
}
