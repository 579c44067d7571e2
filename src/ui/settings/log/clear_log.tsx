import { useSignal } from "@preact/signals";
import { entriesWords } from "../../base/format.ts";
import { DeletePanel } from "../../parts/delete_panel.tsx";
import { useUi } from "../../ui.ts";
import type { LogSize } from "./use_log_size.ts";

/** Empties the log, for good. */
export function ClearLog({ size }: { readonly size: LogSize | undefined }) {
  const { api, notices } = useUi();
  /** Another panel, closed, once one has done its work. */
  const round = useSignal(0);
  const all = size === undefined ? "All entries" : `${size.capped ? "At least" : "All"} ${entriesWords(size.count)}`;
  const clear = async () => {
    const answer = await api.send<{ readonly deleted: number }>("DELETE", "/api/v1/activity-log");
    if (!answer.ok) return answer.problem;
    notices.say(`Cleared the log: ${entriesWords(answer.value.deleted)} removed`);
    round.value++;
    return undefined;
  };
  return (
    <DeletePanel
      key={round.value}
      noun="log"
      name="clear"
      verb="Clear"
      loss={`${all} go, for everybody. What was exported stays.`}
      barred={undefined}
      remove={clear}
    />
  );
}
