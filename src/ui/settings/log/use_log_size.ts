import { type Facets, readFacets } from "../../activity/facets/facets.ts";
import type { Total } from "../../activity/log_state.ts";
import { useLogReading } from "../../activity/use_log_reading.ts";

export type LogSize = Total;

/** How many entries the log holds, as it grows; undefined while that is not known. */
export function useLogSize(): LogSize | undefined {
  const { reading } = useLogReading<Facets>("all", (api, signal) => readFacets(api, {}, signal));
  const { value } = reading.value;
  return value && { count: value.total, capped: value.partial };
}
