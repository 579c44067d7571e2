import { useEffect } from "preact/hooks";
import { withQuery } from "../../base/api.ts";
import { useUi } from "../../ui.ts";
import { type History, historyPath } from "./answers.ts";
import { useAnswer, type UsedAnswer } from "./use_answer.ts";

/** The snapshots of a device, read again whenever the log tells of one. */
export function useHistory(device: string, limit: number): UsedAnswer<History> {
  const { live } = useUi();
  const history = useAnswer<History>(withQuery(historyPath(device), { limit }));
  useEffect(() =>
    live.on((message) => {
      const tells = message.type === "activity_logged" && message.entry.entity_id === device &&
        message.entry.action.startsWith("config_");
      if (tells || message.type === "auth_ok") history.again();
    }), [live, device]);
  return history;
}
