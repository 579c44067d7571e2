import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LogSettings } from "../../activity/log_settings.ts";
import type { Total } from "../../activity/log_state.ts";
import type { Problem } from "../../base/problem.ts";
import { useUi } from "../../ui.ts";
import { draftOf, type LogDraft } from "./log_draft.ts";
import { changeOf, edited, followed, isNothing, type LogEdits, settled } from "./log_edits.ts";
import { isLoss, readLoss } from "./log_loss.ts";

/** A change that waits for a word, because entries go. */
interface Asked {
  readonly change: Partial<LogSettings>;
  readonly sent: LogEdits;
  readonly loss: Total;
}

/** What is edited of the settings, and how it is saved. `saved` is told each time. */
export function useLogForm(settings: LogSettings, saved: () => void) {
  const { api, logSettings, notices } = useUi();
  const edits = useSignal<LogEdits>({});
  const problem = useSignal<Problem | undefined>(undefined);
  /** Somebody tried to save what is wrong. */
  const checked = useSignal(false);
  const busy = useSignal(false);
  const asked = useSignal<Asked | undefined>(undefined);
  const now = draftOf(settings);
  const before = useRef(now);
  useEffect(() => {
    edits.value = followed(edits.peek(), before.current, now);
    before.current = now;
  }, [settings]);

  const edit = <Name extends keyof LogDraft>(name: Name, draft: LogDraft[Name]) => {
    edits.value = edited(edits.peek(), name, draft, now);
    asked.value = undefined;
  };
  const send = async (change: Partial<LogSettings>, sent: LogEdits): Promise<Problem | undefined> => {
    const refused = await logSettings.save(change);
    if (refused !== undefined) return refused;
    edits.value = settled(edits.peek(), sent, draftOf(logSettings.settings.peek() ?? settings));
    checked.value = false;
    asked.value = undefined;
    notices.say("Saved the settings of the log");
    saved();
    return undefined;
  };
  const ask = async (change: Partial<LogSettings>, sent: LogEdits): Promise<Problem | undefined> => {
    const loss = await readLoss(api, change, settings, Date.now());
    if (!loss.ok) return loss.problem;
    if (!isLoss(loss.value)) return await send(change, sent);
    // What was edited meanwhile has to be saved by another press.
    if (edits.peek() === sent) asked.value = { change, sent, loss: loss.value };
    return undefined;
  };
  /** Answers false when something is wrong with what was typed. */
  const save = async (): Promise<boolean> => {
    const sent = edits.peek();
    const change = changeOf(sent, now);
    checked.value = change === undefined;
    if (change === undefined) return false;
    if (busy.peek() || isNothing(change)) return true;
    asked.value = problem.value = undefined;
    busy.value = true;
    problem.value = await ask(change, sent).finally(() => busy.value = false);
    return true;
  };
  return { now, edits: edits.value, edit, problem, checked, busy, asked, send, save };
}
