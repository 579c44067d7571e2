import { useRef } from "preact/hooks";
import { useUi } from "../../ui.ts";
import { Failed } from "../../parts/states.tsx";
import { useWork } from "../use_work.ts";
import { type Backup, BACKUPS, LONG_MS } from "./answers.ts";

/** Takes in a backup that was kept elsewhere. */
export function UploadForm({ taken }: { readonly taken: () => void }) {
  const { api, notices } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const { running, failed, run } = useWork();
  const upload = () => {
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    run(`take in “${file.name}”`, async () => {
      const answer = await api.send<Backup>("POST", `${BACKUPS}/upload`, file, { ms: LONG_MS });
      if (!answer.ok) return answer.problem;
      notices.say("The backup is checked and taken in");
      if (input.current !== null) input.current.value = "";
      taken();
      return undefined;
    });
  };
  return (
    <form
      aria-label="Take in a backup"
      onSubmit={(event) => {
        event.preventDefault();
        upload();
      }}
    >
      <label class="field">
        <span class="field-label">A backup from elsewhere: choose its file or drop it here</span>
        <input type="file" required class="drop" ref={input} accept=".gz,.db,.sqlite,application/gzip" />
      </label>
      {failed !== undefined && <Failed {...failed} />}
      <p class="actions">
        <button type="submit" aria-disabled={running !== undefined}>Upload</button>
        <span role="status" class="quiet-text">{running !== undefined && "Working on it…"}</span>
      </p>
    </form>
  );
}
