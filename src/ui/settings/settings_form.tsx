import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Failed, Skeleton } from "../parts/states.tsx";
import { useUi } from "../ui.ts";
import { useFollowed } from "./use_followed.ts";
import { useWork } from "./use_work.ts";

export interface Editing<T> {
  /** With what is edited. */
  readonly shown: T;
  readonly edit: (change: Partial<T>) => void;
  readonly disabled: boolean;
}

export interface SettingsFormProps<T> {
  readonly path: string;
  /** What they are the settings of, as words of a sentence. */
  readonly of: string;
  readonly lookOnly: boolean;
  readonly children: (editing: Editing<T>) => ComponentChildren;
}

/** Some settings of the server. Only what was edited is saved; what others change meanwhile is shown. */
export function SettingsForm<T extends object>({ path, of, lookOnly, children }: SettingsFormProps<T>) {
  const { api, notices } = useUi();
  const { value, problem, again, take } = useFollowed<T>(path, "settings.");
  const edits = useSignal<Partial<T>>({});
  const { running, failed, run } = useWork();
  const unread = problem && <Failed what={`read the settings of ${of}`} problem={problem} retry={again} />;
  if (value === undefined) return unread ?? <Skeleton rows={3} />;
  const shown: T = { ...value, ...edits.value };
  const change = changed(value, shown);
  const isSame = Object.keys(change).length === 0;
  const save = () => {
    if (isSame) return;
    run(`save the settings of ${of}`, async () => {
      const answer = await api.send<T>("PUT", path, change);
      if (!answer.ok) return answer.problem;
      take(answer.value);
      // What was edited while it was being saved waits for the next time.
      edits.value = changed(shown, { ...shown, ...edits.peek() });
      notices.say(`Saved the settings of ${of}`);
      return undefined;
    });
  };
  return (
    <form
      aria-label={`Settings of ${of}`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {unread}
      {children({
        shown,
        edit: (change) => edits.value = { ...edits.peek(), ...change },
        disabled: lookOnly,
      })}
      {failed !== undefined && <Failed {...failed} />}
      {!lookOnly && (
        <p class="actions">
          <button type="submit" class="primary" aria-disabled={isSame || running !== undefined}>Save</button>
        </p>
      )}
    </form>
  );
}

/** The part of `after` that is not as before. */
function changed<T extends object>(before: T, after: T): Partial<T> {
  const others = new Map<string, unknown>(Object.entries(before));
  const entries = Object.entries(after).filter(([key, value]) => others.get(key) !== value);
  return Object.fromEntries(entries) as Partial<T>; // entries of a T
}
