import { localTime } from "../../base/format.ts";
import { type Filter, filterQuery, isEmpty, PART_LABELS } from "../filter.ts";
import type { Format } from "./exporter.ts";

export const FORMAT_WORDS: Readonly<Record<Format, { readonly label: string; readonly purpose: string }>> = {
  csv: { label: "CSV", purpose: "for spreadsheets" },
  json: { label: "JSON", purpose: "one list" },
  ndjson: { label: "NDJSON", purpose: "one entry a line" },
};

/** What a filter asks for: `Category auth, Search lamp`. */
export function orderWords(filter: Filter): string {
  if (isEmpty(filter)) return "the whole log";
  const labels: Readonly<Record<string, string>> = PART_LABELS;
  return Object.entries(filterQuery({ ...filter, ...timesOf(filter) }))
    .flatMap(([name, value]) => value === undefined ? [] : [`${labels[name]} ${[value].flat().join(" or ")}`])
    .join(", ");
}

const timesOf = ({ since, until }: Filter): Pick<Filter, "since" | "until"> => ({
  ...(since === undefined ? {} : { since: localTime(since) }),
  ...(until === undefined ? {} : { until: localTime(until) }),
});
