import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LogSettings } from "../../activity/log_settings.ts";
import type { Problem } from "../../base/problem.ts";
import { Failed } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { LimitField } from "./limit_field.tsx";
import { changeOf, DAYS, draftOf, ENTRIES, limitProblem, meaningOf, settingsOf } from "./log_draft.ts";

export interface LogFormProps {
  readonly settings: LogSettings;
  /** Who may only look. */
  readonly lookOnly: boolean;
}

/** Whether the log records and how much it keeps. */
export function LogForm({ settings, lookOnly }: LogFormProps) {
  const { logSettings, notices } = useUi();
  const draft = useSignal(draftOf(settings));
  const problem = useSignal<Problem | undefined>(undefined);
  const checked = useSignal(false);
  const busy = useSignal(false);
  const before = useRef(settings);
  useEffect(() => {
    // What others changed is taken over, unless something else is being written here.
    const untouched = JSON.stringify(draft.peek()) === JSON.stringify(draftOf(before.current));
    if (untouched) draft.value = draftOf(settings);
    before.current = settings;
  }, [settings]);

  const { enabled, days, entries } = draft.value;
  const wanted = settingsOf(draft.value);
  const change = (part: Partial<typeof draft.value>) => draft.value = { ...draft.value, ...part };
  const wrong = (text: string | undefined) => checked.value ? text : undefined;
  const save = async () => {
    checked.value = true;
    problem.value = undefined;
    if (wanted === undefined) {
      const first = limitProblem(days, DAYS) === undefined ? "log-entries" : "log-days";
      return document.getElementById(first)?.focus();
    }
    if (busy.value) return;
    busy.value = true;
    const refused = await logSettings.save(changeOf(wanted, settings)).finally(() => busy.value = false);
    problem.value = refused;
    if (refused !== undefined) return;
    checked.value = false;
    notices.say("Saved the settings of the log");
  };
  return (
    <form
      aria-label="Settings of the log"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save().catch((error: unknown) => console.error(error));
      }}
    >
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={enabled}
          disabled={lookOnly}
          onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
        />
        <span>Record who does what</span>
      </label>
      <LimitField
        id="log-days"
        label="Keep an entry for"
        unit="days"
        draft={days}
        problem={wrong(limitProblem(days, DAYS))}
        disabled={lookOnly}
        change={(limit) => change({ days: limit })}
      />
      <LimitField
        id="log-entries"
        label="Keep at most"
        unit="entries"
        draft={entries}
        problem={wrong(limitProblem(entries, ENTRIES))}
        disabled={lookOnly}
        change={(limit) => change({ entries: limit })}
      />
      <p class="field-help">{meaningOf(wanted ?? settings)}</p>
      {problem.value !== undefined && <Failed what="save the settings of the log" problem={problem.value} />}
      {!lookOnly && (
        <p class="actions">
          <button type="submit" class="primary" disabled={busy.value}>Save</button>
        </p>
      )}
    </form>
  );
}
