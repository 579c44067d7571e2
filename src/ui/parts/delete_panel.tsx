import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { ENTITY_VIEWS, entityHref, isTypeName } from "../entities/types.ts";
import { confirmWord, isConfirmed } from "./confirm_word.ts";
import { Link } from "./link.tsx";

export interface DeletePanelProps {
  /** What it is, e.g. "gradient". */
  readonly noun: string;
  readonly name: string;
  /** What goes with it, as sentences. */
  readonly loss: string;
  /** Why it cannot be done here; undefined when it can. */
  readonly barred: string | undefined;
  /** What is written on the buttons, default "Delete". */
  readonly verb?: string;
  /** Whether there are several of these on the page, to be told apart by the name. */
  readonly repeated?: boolean;
  /** Does it; answers why it could not be done. */
  readonly remove: () => Promise<Problem | undefined>;
}

/** Asks for the name before something is lost, in place, and says who still needs it. */
export function DeletePanel({ noun, name, loss, barred, verb = "Delete", repeated = false, remove }: DeletePanelProps) {
  const open = useSignal(false);
  const typed = useSignal("");
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (open.value) input.current?.focus();
  }, [open.value]);

  const word = confirmWord(name);
  const ask = `${verb} this ${noun}…`;
  /** Begins with what is seen, so that it can also be said. */
  const labelled = (words: string) => repeated ? { "aria-label": `${words} ${name}` } : {};
  const matches = barred === undefined && isConfirmed(word, typed.value);
  const submit = async () => {
    if (!matches || busy.value) return;
    busy.value = true;
    problem.value = await remove().finally(() => busy.value = false);
  };
  const close = () => {
    open.value = false;
    typed.value = "";
    problem.value = undefined;
    setTimeout(() => opener.current?.focus());
  };
  if (!open.value) {
    return (
      <div class="delete-panel">
        <button
          type="button"
          class="danger"
          ref={opener}
          {...labelled(ask)}
          disabled={barred !== undefined}
          onClick={() => open.value = true}
        >
          {ask}
        </button>
        {barred !== undefined && <p class="field-help">{barred}</p>}
      </div>
    );
  }
  return (
    <form
      class="delete-panel delete-open"
      aria-label={repeated ? `${verb} this ${noun} ${name}` : `${verb} this ${noun}`}
      onSubmit={(event) => {
        event.preventDefault();
        void submit().catch((error: unknown) => console.error(error));
      }}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <p>
        {loss} This goes on record under your name and cannot be taken back.
      </p>
      <label class="field">
        <span class="field-label">
          Type <strong class="name">{word}</strong> to confirm
        </span>
        <input
          type="text"
          ref={input}
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => typed.value = event.currentTarget.value}
        />
      </label>
      {barred !== undefined && <p class="field-help" role="alert">{barred}</p>}
      {problem.value !== undefined && <WhyNot problem={problem.value} />}
      <p class="actions">
        <button type="submit" class="danger" disabled={!matches || busy.value} {...labelled(verb)}>{verb}</button>
        <button type="button" class="quiet" onClick={close} {...labelled("Keep it")}>Keep it</button>
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
