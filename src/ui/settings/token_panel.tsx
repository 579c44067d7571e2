import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { copyText } from "../base/clipboard.ts";
import { report } from "../base/report.ts";
import { useUi } from "../ui.ts";
import type { MadeKey } from "./key_list.ts";

export interface TokenPanelProps {
  readonly made: MadeKey;
  /** What can be done next; `free` lets the page be left. */
  readonly children: (free: () => void) => ComponentChildren;
}

/** The token of a new key, the one time that it can be seen. Nobody leaves it by accident. */
export function TokenPanel({ made, children }: TokenPanelProps) {
  const { router, notices } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const isFree = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
    const unguard = router.guard(() => {
      if (isFree.current) return true;
      notices.say("Store the key first: it is not shown again.");
      return false;
    });
    const ask = (event: BeforeUnloadEvent) => isFree.current || event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => {
      unguard();
      removeEventListener("beforeunload", ask);
    };
  }, []);
  const copy = async () => {
    const copied = await copyText(made.token);
    if (!copied) input.current?.select();
    said.value = copied ? "Copied" : "Selected: copy it with the keyboard or the menu";
  };
  return (
    <div class="token-panel" role="group" aria-label={`The new key ${made.label}`}>
      <p class="panel-title">
        This is the key <strong>{made.label}</strong>. It is shown once.
      </p>
      <p>Keep it where you keep passwords. Only its fingerprint stays on the server.</p>
      <div class="token-line">
        <input
          type="text"
          class="mono"
          aria-label="Key"
          readOnly
          value={made.token}
          ref={input}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" onClick={() => void copy().catch(report)}>Copy</button>
      </div>
      <p role="status" class="quiet-text">{said.value}</p>
      <div class="actions">{children(() => isFree.current = true)}</div>
    </div>
  );
}
