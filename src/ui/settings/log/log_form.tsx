import { useRef } from "preact/hooks";
import type { LogSettings } from "../../activity/log_settings.ts";
import { report } from "../../base/report.ts";
import { ConfirmForm } from "../../parts/confirm_form.tsx";
import { Failed } from "../../parts/states.tsx";
import { LimitField } from "./limit_field.tsx";
import { DAYS, ENTRIES, limitProblem, type LogDraft, meaningOf, settingsOf } from "./log_draft.ts";
import { changeOf, isContested, isNothing, shownOf } from "./log_edits.ts";
import { lossWords } from "./log_loss.ts";
import { nowWords } from "./now_words.ts";
import { useLogForm } from "./use_log_form.ts";

export interface LogFormProps {
  readonly settings: LogSettings;
  /** Who may only look. */
  readonly lookOnly: boolean;
  /** Told when something was saved. */
  readonly saved: () => void;
}

/** Whether the log records and how much it keeps. */
export function LogForm({ settings, lookOnly, saved }: LogFormProps) {
  const { now, edits, edit, problem, checked, busy, asked, send, save } = useLogForm(settings, saved);
  const button = useRef<HTMLButtonElement>(null);
  const draft = shownOf(edits, now);
  const { enabled, days, entries } = draft;
  const wanted = settingsOf(draft);
  const change = changeOf(edits, now);
  const idle = busy.value || (change !== undefined && isNothing(change));
  const wrong = (text: string | undefined) => checked.value ? text : undefined;
  const contest = (name: keyof LogDraft) => isContested(edits, name, now) ? nowWords(name, settings) : undefined;
  const submit = async () => {
    if (await save()) return;
    const first = limitProblem(days, DAYS) === undefined ? "log-entries" : "log-days";
    document.getElementById(first)?.focus();
  };
  const toButton = () => void setTimeout(() => button.current?.focus());
  const confirm = async ({ change, sent }: NonNullable<typeof asked.value>) => {
    const refused = await send(change, sent);
    if (refused === undefined) toButton();
    return refused;
  };
  return (
    <>
      <form
        aria-label="Settings of the log"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit().catch(report);
        }}
      >
        <div>
          <label class="check">
            <input
              type="checkbox"
              role="switch"
              checked={enabled}
              disabled={lookOnly}
              onChange={({ currentTarget }) => edit("enabled", currentTarget.checked)}
            />
            <span>Record who does what</span>
          </label>
          <p class="field-help" role="status">{contest("enabled")}</p>
        </div>
        <LimitField
          id="log-days"
          label="Keep an entry for"
          unit="days"
          draft={days}
          problem={wrong(limitProblem(days, DAYS))}
          contest={contest("days")}
          disabled={lookOnly}
          change={(limit) => edit("days", limit)}
        />
        <LimitField
          id="log-entries"
          label="Keep at most"
          unit="entries"
          draft={entries}
          problem={wrong(limitProblem(entries, ENTRIES))}
          contest={contest("entries")}
          disabled={lookOnly}
          change={(limit) => edit("entries", limit)}
        />
        <p class="field-help">
          {wanted === undefined ? "What this means is said here once the limits can be kept." : meaningOf(wanted)}
        </p>
        {problem.value !== undefined && <Failed what="save the settings of the log" problem={problem.value} />}
        {!lookOnly && (
          <p class="actions">
            <button type="submit" class="primary" ref={button} aria-disabled={idle}>Save</button>
          </p>
        )}
      </form>
      {!lookOnly && asked.value !== undefined && (
        <ConfirmForm
          label="Save and remove entries"
          word="remove"
          loss={`${lossWords(asked.value.loss)} at once, for everybody. What was exported stays.`}
          verb="Save and remove"
          keep="Keep them"
          confirm={() => asked.value === undefined ? Promise.resolve(undefined) : confirm(asked.value)}
          close={() => {
            asked.value = undefined;
            toButton();
          }}
        />
      )}
    </>
  );
}
