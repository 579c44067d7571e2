import { useSignal } from "@preact/signals";
import { ConfirmForm } from "../../parts/confirm_form.tsx";
import { SeverityMark } from "../../parts/severity.tsx";
import { useUi } from "../../ui.ts";
import { backupPath, LONG_MS, type Restored } from "./answers.ts";

export interface RestoreFormProps {
  readonly filename: string;
  /** When the backup was made, as it is shown. */
  readonly when: string;
  readonly close: () => void;
  readonly restored: (outcome: Restored) => void;
}

/** Says what a restore brings back and what it leaves, and does it. */
export function RestoreForm({ filename, when, close, restored }: RestoreFormProps) {
  const { api } = useUi();
  const keys = useSignal(false);
  const restore = async () => {
    const path = `${backupPath(filename)}/restore`;
    const answer = await api.send<Restored>("POST", path, { keys: keys.peek() }, { ms: LONG_MS });
    if (!answer.ok) return answer.problem;
    restored(answer.value);
    return undefined;
  };
  return (
    <ConfirmForm
      label={`Restore the backup of ${when}`}
      word="restore"
      loss={`Devices, scenes, automations and settings become what they were on ${when}; what was set up since goes. ` +
        "The activity log stays whole and goes on. What is there now is kept as a safety copy. The server is away for a moment."}
      onRecord="This goes on record under your name."
      verb="Restore"
      keep="Leave it as it is"
      confirm={restore}
      close={close}
    >
      <label class="check">
        <input
          type="checkbox"
          checked={keys.value}
          onChange={({ currentTarget }) => keys.value = currentTarget.checked}
        />
        <span>Bring back the API keys too</span>
      </label>
      <p role="status">
        {keys.value
          ? (
            <>
              <SeverityMark severity="warning" />{" "}
              Keys made since then open nothing any more, and revoked ones do again. Yours may be one.
            </>
          )
          : "API keys stay as they are."}
      </p>
    </ConfirmForm>
  );
}
