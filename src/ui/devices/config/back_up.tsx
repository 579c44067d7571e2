import { useSignal } from "@preact/signals";
import { useLack } from "../../parts/use_role.ts";
import type { Result } from "../../base/problem.ts";
import { report } from "../../base/report.ts";
import { useUi } from "../../ui.ts";
import { type BackedUp, snapshotsPath } from "./answers.ts";
import { outcomeWords } from "./words.ts";

/** A device may take its time, and another backup may come first. */
const LONGEST_MS = 90_000;

export interface BackUpProps {
  readonly device: string;
  /** Why the last look failed, as it is told beside this. */
  readonly told: string | null;
  readonly done: () => void;
}

/** Takes a snapshot now, and says what came of it. */
export function BackUp({ device, told, done }: BackUpProps) {
  const { api } = useUi();
  const lack = useLack("operator");
  const busy = useSignal(false);
  const outcome = useSignal<Result<BackedUp> | undefined>(undefined);
  const run = async () => {
    busy.value = true;
    outcome.value = undefined;
    const answer = await api.send<BackedUp>("POST", snapshotsPath(device), undefined, { ms: LONGEST_MS });
    busy.value = false;
    outcome.value = answer;
    // Where nobody answers there is nothing to read either.
    if (answer.ok || answer.problem.status !== 0) done();
  };
  return (
    <div class="config-backup">
      <button
        type="button"
        disabled={lack !== undefined}
        aria-disabled={busy.value}
        onClick={() => busy.value || void run().catch(report)}
      >
        Back up now
      </button>
      {lack !== undefined && <span class="field-help">{lack}</span>}
      <span class={outcome.value?.ok === false ? "field-problem" : "quiet-text"} role="status">
        {busy.value ? "Reading the device…" : outcome.value && outcomeWords(outcome.value, told)}
      </span>
    </div>
  );
}
