import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Role } from "../../http/route.ts";
import type { Problem, Result } from "../base/problem.ts";
import { report } from "../base/report.ts";
import type { MadeKey, WantedKey } from "./key_list.ts";
import { endOfDay, LABEL_RULE, labelProblem } from "./key_words.ts";

const ROLES: readonly (readonly [role: Role, label: string])[] = [
  ["viewer", "Viewer: looks"],
  ["operator", "Operator: changes lights and devices"],
  ["admin", "Admin: also manages keys and the log"],
];

export interface NewKeyProps {
  /** The first key of a server is for an admin. */
  readonly first: boolean;
  readonly make: (wanted: WantedKey) => Promise<Result<MadeKey>>;
  readonly made: (key: MadeKey) => void;
}

/** The form for a new key. Whoever asked for it types the label next; the first one stands there unasked. */
export function NewKey({ first, make, made }: NewKeyProps) {
  const label = useSignal("");
  const role = useSignal<Role>(first ? "admin" : "viewer");
  const until = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const wrongLabel = useSignal<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!first) input.current?.focus();
  }, []);

  const submit = async () => {
    problem.value = undefined;
    wrongLabel.value = labelProblem(label.value);
    if (wrongLabel.value !== undefined) return document.getElementById("key-label")?.focus();
    if (busy.value) return;
    busy.value = true;
    const wanted = { label: label.value, role: role.value, expires_at: endOfDay(until.value) };
    const answer = await make(wanted).finally(() => busy.value = false);
    if (answer.ok) return made(answer.value);
    problem.value = answer.problem;
    const field = answer.problem.errors[0]?.field;
    document.getElementById(field === "expires_at" ? "key-until" : "key-label")?.focus();
  };
  const of = (field: string) => problem.value?.errors.find((error) => error.field === field)?.message;
  const labelWrong = wrongLabel.value ?? of("label");
  const untilWrong = of("expires_at");
  const general = problem.value !== undefined && labelWrong === undefined && untilWrong === undefined;
  return (
    <form
      aria-label="New key"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit().catch(report);
      }}
    >
      <div class="field">
        <label class="field-label" for="key-label">Label</label>
        <input
          type="text"
          id="key-label"
          ref={input}
          autocapitalize="none"
          spellcheck={false}
          value={label.value}
          aria-invalid={labelWrong !== undefined}
          aria-describedby="key-label-help key-label-problem"
          onInput={(event) => label.value = event.currentTarget.value}
        />
        <p id="key-label-problem" class="field-problem" role="alert">{asSentence(labelWrong)}</p>
        <p id="key-label-help" class="field-help">{LABEL_RULE}</p>
      </div>
      {!first && (
        <>
          <label class="field">
            <span class="field-label">Role</span>
            <select onChange={(event) => role.value = roleOf(event.currentTarget.value)}>
              {ROLES.map(([name, words]) => (
                <option key={name} value={name} selected={name === role.value}>{words}</option>
              ))}
            </select>
          </label>
          <div class="field">
            <label class="field-label" for="key-until">Last day</label>
            <input
              type="date"
              id="key-until"
              value={until.value}
              aria-invalid={untilWrong !== undefined}
              aria-describedby="key-until-help key-until-problem"
              onInput={(event) => until.value = event.currentTarget.value}
            />
            <p id="key-until-problem" class="field-problem" role="alert">{asSentence(untilWrong)}</p>
            <p id="key-until-help" class="field-help">Leave it empty for a key that does not expire.</p>
          </div>
        </>
      )}
      {general && <p class="field-problem" role="alert">{problem.value?.detail}</p>}
      <p class="actions">
        <button type="submit" class="primary" disabled={busy.value}>{first ? "Make the first key" : "Make key"}</button>
      </p>
    </form>
  );
}

const asSentence = (text: string | undefined) => text === undefined ? "" : text.charAt(0).toUpperCase() + text.slice(1);
const roleOf = (name: string): Role => ROLES.find(([role]) => role === name)?.[0] ?? "viewer";
