import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { bytesWords } from "../../base/bytes_words.ts";
import { localTime } from "../../base/format.ts";
import { saveFile } from "../../base/save_file.ts";
import { ConfirmForm } from "../../parts/confirm_form.tsx";
import { Failed } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { useWork } from "../use_work.ts";
import { type Backup, type BackupKind, backupPath, LONG_MS, type Restored } from "./answers.ts";
import { RestoreForm } from "./restore_form.tsx";
import { RestoredNote } from "./restored_note.tsx";

const KINDS: Readonly<Record<BackupKind, string>> = {
  manual: "made by hand",
  automatic: "automatic",
  uploaded: "uploaded",
  safety: "safety copy before a restore",
};

export interface BackupRowProps {
  readonly backup: Backup;
  /** What came of restoring this one, if it was the last that was. */
  readonly outcome: Restored | undefined;
  readonly changed: () => void;
  readonly restored: (outcome: Restored) => void;
}

/** One backup, and what can be done with it. */
export function BackupRow(
  { backup: { filename, kind, size, created_at }, outcome, changed, restored }: BackupRowProps,
) {
  const { api, notices } = useUi();
  const { running, failed, run } = useWork();
  const open = useSignal<"restore" | "delete" | undefined>(undefined);
  const openers = { restore: useRef<HTMLButtonElement>(null), delete: useRef<HTMLButtonElement>(null) };
  const when = localTime(created_at);
  const close = () => {
    const closed = open.peek();
    open.value = undefined;
    if (closed !== undefined) setTimeout(() => openers[closed].current?.focus());
  };
  const fetchFile = () =>
    run("download the backup", async () => {
      const answer = await api.file(backupPath(filename), { ms: LONG_MS });
      if (!answer.ok) return answer.problem;
      saveFile(filename, answer.value);
      return undefined;
    });
  const remove = async () => {
    const answer = await api.send("DELETE", backupPath(filename));
    if (!answer.ok) return answer.problem;
    notices.say(`Deleted the backup of ${when}`);
    changed();
    return undefined;
  };
  return (
    <li class="key-row">
      <p class="key-head">
        <strong>{when}</strong>
        <span>{KINDS[kind]}</span>
        <span class="quiet-text">{bytesWords(size)}</span>
      </p>
      {open.value === undefined && (
        <p class="actions">
          <button
            type="button"
            aria-label={`Download ${when}`}
            aria-disabled={running !== undefined}
            onClick={fetchFile}
          >
            {running === undefined ? "Download" : "Downloading…"}
          </button>
          <button
            type="button"
            ref={openers.restore}
            aria-label={`Restore… ${when}`}
            onClick={() => open.value = "restore"}
          >
            Restore…
          </button>
          <button
            type="button"
            class="danger"
            ref={openers.delete}
            aria-label={`Delete… ${when}`}
            onClick={() => open.value = "delete"}
          >
            Delete…
          </button>
        </p>
      )}
      {failed !== undefined && <Failed {...failed} />}
      <div role="status">{outcome !== undefined && <RestoredNote restored={outcome} />}</div>
      {open.value === "restore" && (
        <RestoreForm
          filename={filename}
          when={when}
          close={close}
          restored={(outcome) => {
            close();
            restored(outcome);
          }}
        />
      )}
      {open.value === "delete" && (
        <ConfirmForm
          label={`Delete the backup of ${when}`}
          word="delete"
          loss={`The backup of ${when} goes. What was downloaded stays.`}
          verb="Delete"
          keep="Keep it"
          confirm={remove}
          close={close}
        />
      )}
    </li>
  );
}
