import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { ConfirmForm } from "./confirm_form.tsx";
import { confirmWord } from "./confirm_word.ts";

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
  const opener = useRef<HTMLButtonElement>(null);
  const ask = `${verb} this ${noun}…`;
  /** Begins with what is seen, so that it can also be said. */
  const labelled = (words: string) => repeated ? { "aria-label": `${words} ${name}` } : {};
  const close = () => {
    open.value = false;
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
    <ConfirmForm
      label={repeated ? `${verb} this ${noun} ${name}` : `${verb} this ${noun}`}
      word={confirmWord(name)}
      loss={loss}
      barred={barred}
      verb={verb}
      keep="Keep it"
      labelled={labelled}
      confirm={remove}
      close={close}
    />
  );
}
