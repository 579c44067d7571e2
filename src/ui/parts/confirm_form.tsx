import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { ENTITY_VIEWS, entityHref, isTypeName } from "../entities/types.ts";
import { isConfirmed } from "./confirm_word.ts";
import { Link } from "./link.tsx";

export interface ConfirmFormProps {
  readonly label: string;
  /** What has to be typed. */
  readonly word: string;
  /** What is lost, as sentences. */
  readonly loss: string;
  /** What is said of the record; that it cannot be taken back either when left out. */
  readonly onRecord?: string;
  /** What can be chosen before it is confirmed. */
  readonly children?: ComponentChildren;
  /** Why it cannot be done here; undefined when it can. */
  readonly barred?: string | undefined;
  /** What is written on the button that does it, and on the one that does not. */
  readonly verb: string;
  readonly keep: string;
  /** What the buttons are called where that is not what is written on them. */
  readonly labelled?: (words: string) => { readonly "aria-label"?: string };
  /** Does it; answers why it could not be done. */
  readonly confirm: () => Promise<Problem | undefined>;
  readonly close: () => void;
}

/** Asks for a word before something is lost, in place. */
export function ConfirmForm({ word, barred, labelled = () => ({}), confirm, close, ...props }: ConfirmFormProps) {
  const typed = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const matches = barred === undefined && isConfirmed(word, typed.value);
  // What is on its way is not taken back by closing.
  const leave = () => busy.peek() || close();
  const submit = async () => {
    if (!matches || busy.value) return;
    busy.value = true;
    problem.value = await confirm().finally(() => busy.value = false);
  };
  return (
    <form
      class="delete-panel delete-open"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit().catch(report);
      }}
      onKeyDown={(event) => event.key === "Escape" && leave()}
    >
      <p>
        {props.loss} {props.onRecord ?? "This goes on record under your name and cannot be taken back."}
      </p>
      {props.children}
      <label class="field">
        <span class="field-label">
          Type <strong class="name">{word}</strong> to confirm
        </span>
        <input
          type="text"
          ref={input}
          dir="auto"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => typed.value = event.currentTarget.value}
        />
      </label>
      {barred !== undefined && <p class="field-help" role="alert">{barred}</p>}
      {problem.value !== undefined && <WhyNot problem={problem.value} />}
      <p class="actions">
        <button type="submit" class="danger" disabled={!matches || busy.value} {...labelled(props.verb)}>
          {props.verb}
        </button>
        <button type="button" class="quiet" aria-disabled={busy.value} onClick={leave} {...labelled(props.keep)}>
          {props.keep}
        </button>
        <span role="status" class="quiet-text">{busy.value && "Working on it…"}</span>
      </p>
    </form>
  );
}

const SHOWN = 50;

function WhyNot({ problem }: { readonly problem: Problem }) {
  const { users } = problem;
  if (users.length === 0) return <p class="field-problem" role="alert">{problem.detail}</p>;
  return (
    <div class="in-use" role="alert">
      <p class="field-problem">It is still used, so it stays. Take it out of these first:</p>
      <ul>
        {users.slice(0, SHOWN).map(({ id, type, name }) => (
          <li key={id}>
            {isTypeName(type)
              ? (
                <>
                  <span class="quiet-text">{ENTITY_VIEWS[type].label}</span>{" "}
                  <Link to={entityHref(type, id)} class="name">{name}</Link>
                </>
              )
              : <span class="name">{name}</span>}
          </li>
        ))}
      </ul>
      {users.length > SHOWN && <p>{`and ${users.length - SHOWN} more`}</p>}
    </div>
  );
}
