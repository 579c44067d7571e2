import { type ServerFacts, SYSTEM } from "../server/server_facts.ts";
import { useBar } from "../use_bar.tsx";
import { useFollowed } from "../use_followed.ts";
import { AutoBackupForm } from "./auto_backup_form.tsx";
import { BackupStore } from "./backup_store.tsx";

/** The backups of the server: made, taken in, kept elsewhere, brought back. */
export function BackupsSection() {
  const lack = useBar("make and restore backups");
  const isElsewhere = useFollowed<ServerFacts>(SYSTEM).value?.database === "remote";
  const bar = isElsewhere ? <p class="notice">The database is on another server: back it up there.</p> : lack;
  return (
    <div class="settings">
      <section>
        <h2>Backups</h2>
        <p class="quiet-text">
          A backup is everything the server keeps. It stays on the server's own disk: download it to keep it elsewhere.
          Whoever has the file can read all of it.
        </p>
        {bar ?? <BackupStore />}
      </section>
      {bar === undefined && (
        <section>
          <h2>Automatic backups</h2>
          <AutoBackupForm />
        </section>
      )}
    </div>
  );
}
