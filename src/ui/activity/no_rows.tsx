import { Empty, Failed, Skeleton } from "../parts/states.tsx";
import type { Address } from "./address.ts";
import { isEmpty } from "./filter.ts";
import type { LogList } from "./log_list.ts";
import { Refused } from "./refused.tsx";
import { focusSearch } from "./use_left_focus.ts";

/** In the place of the list: coming, failed, not found, or nothing yet. */
export function NoRows({ list, address }: { readonly list: LogList; readonly address: Address }) {
  const { phase, problem, partial, next } = list.state.value;
  const clear = () => {
    address.show({}, { step: true });
    focusSearch();
  };
  if (phase === "loading") return <Skeleton rows={12} />;
  if (phase === "failed" && problem !== undefined) {
    if (problem.errors.length > 0) return <Refused problem={problem} clear={clear} />;
    return <Failed what="read the activity" problem={problem} retry={list.retry} />;
  }
  if (partial && next !== undefined) {
    return (
      <Empty title="Nothing found so far">
        <p>The search has not gone through the whole log yet.</p>
        <button type="button" onClick={list.more}>Search on</button>
      </Empty>
    );
  }
  if (isEmpty(address.filter.value)) {
    return (
      <Empty title="Nothing yet">
        <p>Every change to a light, a device or a setting will be listed here, with who did it and when.</p>
      </Empty>
    );
  }
  const { until } = address.filter.value;
  const isPast = until !== undefined && Date.parse(until) < Date.now();
  return (
    <Empty title="Nothing matches">
      <p>
        No entry fits all of the filters above.
        {!isPast && " New ones that do will come in by themselves."}
      </p>
      <button type="button" onClick={clear}>Clear filters</button>
    </Empty>
  );
}
