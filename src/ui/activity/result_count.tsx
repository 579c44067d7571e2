import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LogList } from "./log_list.ts";
import { totalWords } from "./log_state.ts";

/** Says how many entries were found, once for each list; what comes live is not talked about. */
export function ResultCount({ list }: { readonly list: LogList }) {
  const words = useSignal("");
  const said = useRef<LogList | undefined>(undefined);
  const { phase } = list.state.value;
  useEffect(() => {
    if (said.current === list) return;
    words.value = phase === "ready" ? totalWords(list.state.peek()) : "";
    if (phase === "ready") said.current = list;
  }, [list, phase]);
  return <p class="visually-hidden" role="status">{words}</p>;
}
