import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ConfirmForm } from "../../parts/confirm_form.tsx";
import { useUi } from "../../ui.ts";
import { SYSTEM } from "./server_facts.ts";

export interface EndPanelProps {
  /** The last part of the path. */
  readonly verb: "restart" | "shutdown";
  readonly label: string;
}

/** Ends the server, by a typed word. */
export function EndPanel({ verb, label }: EndPanelProps) {
  const { api } = useUi();
  const open = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    open.value = false;
    setTimeout(() => opener.current?.focus());
  };
  const end = async () => {
    const answer = await api.send("POST", `${SYSTEM}/${verb}`);
    if (!answer.ok) return answer.problem;
    close();
    return undefined;
  };
  if (!open.value) {
    return (
      <p class="actions">
        <button type="button" class="danger" ref={opener} onClick={() => open.value = true}>{`${label}…`}</button>
      </p>
    );
  }
  return (
    <ConfirmForm
      label={label}
      word={label.toLowerCase()}
      loss="The server is away for everybody."
      onRecord="This goes on record under your name."
      verb={label}
      keep="Leave it on"
      confirm={end}
      close={close}
    />
  );
}
