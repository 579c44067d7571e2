import { useSignal } from "@preact/signals";
import { Failed, Skeleton } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { useFollowed } from "../use_followed.ts";
import { useWork } from "../use_work.ts";
import { type Backup, type BackupList, BACKUPS, LONG_MS, type Restored } from "./answers.ts";
import { BackupRow } from "./backup_row.tsx";
import { UploadForm } from "./upload_form.tsx";

/** The backups that there are, and how one more comes about. */
export function BackupStore() {
  const { api, notices } = useUi();
  const { value, problem, again } = useFollowed<BackupList>(BACKUPS, "backup.");
  const { running, failed, run } = useWork();
  const restored = useSignal<Restored | undefined>(undefined);
  const unread = problem && <Failed what="list the backups" problem={problem} retry={again} />;
  if (value === undefined) return unread ?? <Skeleton rows={3} />;
  const make = () =>
    run("make a backup", async () => {
      const answer = await api.send<Backup>("POST", BACKUPS, undefined, { ms: LONG_MS });
      if (!answer.ok) return answer.problem;
      notices.say("The backup is made and checked");
      again();
      return undefined;
    });
  return (
    <>
      <p class="actions">
        <button type="button" class="primary" aria-disabled={running !== undefined} onClick={make}>
          Make a backup
        </button>
        <span role="status" class="quiet-text">{running !== undefined && "Working on it…"}</span>
      </p>
      {failed !== undefined && <Failed {...failed} />}
      {unread}
      {value.items.length === 0 ? <p class="notice">There is no backup yet.</p> : (
        <ul class="key-rows">
          {value.items.map((backup) => (
            <BackupRow
              key={backup.filename}
              backup={backup}
              outcome={restored.value?.filename === backup.filename ? restored.value : undefined}
              changed={again}
              restored={(outcome) => restored.value = outcome}
            />
          ))}
        </ul>
      )}
      <UploadForm taken={again} />
    </>
  );
}
