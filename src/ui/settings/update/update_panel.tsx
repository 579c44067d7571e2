import { bytesWords } from "../../base/bytes_words.ts";
import { dayKey } from "../../base/format.ts";
import { Failed } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { useWork } from "../use_work.ts";
import { UPDATE, type UpdateStatus } from "./answers.ts";
import { updateWords } from "./update_words.ts";

export interface UpdatePanelProps {
  readonly status: UpdateStatus;
  readonly mayChange: boolean;
  readonly take: (status: UpdateStatus) => void;
}

/** How an update stands, and what can be done about it. */
export function UpdatePanel({ status, mayChange, take }: UpdatePanelProps) {
  const { api } = useUi();
  const { running, failed, run } = useWork();
  const { supported, reason, state, version, available, dismissed, progress, problem } = status;
  const act = (verb: string, what: string) =>
    run(what, async () => {
      const answer = await api.send<UpdateStatus>("POST", `${UPDATE}/${verb}`, undefined, { ms: 60_000 });
      if (!answer.ok) return answer.problem;
      take(answer.value);
      return undefined;
    });
  const isFree = state === "idle" || state === "available";
  const button = (verb: string, label: string, kind: string) => (
    <button
      type="button"
      class={kind}
      aria-disabled={running !== undefined}
      onClick={() => act(verb, verb === "check" ? "look for an update" : `${verb} the update`)}
    >
      {label}
    </button>
  );
  return (
    <>
      <p>
        Lumenlog <strong>{version}</strong>
      </p>
      {!supported && <p class="notice">{`${reason}.`}</p>}
      {supported && <p role="status">{updateWords(status)}</p>}
      {available !== null && (
        <>
          <p class="quiet-text">{`Released on ${dayKey(available.released_at)} · ${bytesWords(available.size)}`}</p>
          {available.notes !== "" && <p class="update-notes" dir="auto">{available.notes}</p>}
        </>
      )}
      {state === "downloading" && progress !== null && (
        <p class="actions">
          <progress aria-label="Downloaded" max={progress.total} value={progress.received} />
          <span class="quiet-text">{`${bytesWords(progress.received)} of ${bytesWords(progress.total)}`}</span>
        </p>
      )}
      {problem !== null && <p class="field-problem" role="alert">{`${problem}.`}</p>}
      {failed !== undefined && <Failed {...failed} />}
      {supported && mayChange && isFree && (
        <>
          <p class="actions">
            {state === "available" && button("apply", "Install and restart", "primary")}
            {button("check", "Check now", "")}
            {state === "available" && !dismissed && button("dismiss", "Not this version", "quiet")}
          </p>
          {state === "available" && (
            <p class="field-help">
              It is verified first. If it does not answer, this version comes back by itself.
            </p>
          )}
        </>
      )}
    </>
  );
}
