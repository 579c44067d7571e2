import { Failed } from "../parts/states.tsx";
import type { LogList } from "./log_list.ts";

/** Below the last row: more, or why there is none. */
export function LogEnd({ list }: { readonly list: LogList }) {
  const { phase, older, next, partial, problem, removed } = list.state.value;
  if (phase === "failed" && problem !== undefined) {
    return <Failed what="read the newest entries" problem={problem} retry={list.retry} />;
  }
  if (older === "failed" && problem !== undefined) {
    return <Failed what="read older entries" problem={problem} retry={list.retry} />;
  }
  if (next === undefined) {
    return <p class="log-end">{removed ? "Older entries were removed." : "That is everything."}</p>;
  }
  if (older === "loading") return <p class="log-end">Reading older entries…</p>;
  return (
    <p class="log-end">
      {partial && <span>The search has not gone through the whole log yet.</span>}
      <button type="button" onClick={list.more}>{partial ? "Search on" : "Older entries"}</button>
    </p>
  );
}
