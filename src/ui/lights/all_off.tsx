import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { report } from "../base/report.ts";
import type { Device } from "../devices/device.ts";
import { useUi } from "../ui.ts";
import { lightsInWords, litInWords, nameInText } from "./light_words.ts";
import { type TurnedOff, turnOff } from "./turn_off.ts";

type Phase =
  | { readonly name: "idle" }
  | { readonly name: "asking" }
  | { readonly name: "running"; readonly total: number; readonly soFar: TurnedOff }
  | { readonly name: "ended"; readonly result: TurnedOff };

/** Turns off what is shown, after asking. */
export function AllOff({ shown, lookOnly }: { readonly shown: readonly Device[]; readonly lookOnly: boolean }) {
  const { lights } = useUi();
  const phase = useSignal<Phase>({ name: "idle" });
  const opener = useRef<HTMLButtonElement>(null);
  const progress = useRef<HTMLDivElement>(null);
  const stateOf = (device: Device) => lights.of(device).shown.value;
  const lit = shown.filter((device) => stateOf(device)?.on === true);
  const unknown = shown.filter((device) => stateOf(device) === null);
  const reached = lit.filter(({ online }) => online !== false);

  const run = async () => {
    const total = reached.length;
    progress.current?.focus();
    phase.value = { name: "running", total, soFar: { done: 0, failed: [] } };
    const result = await turnOff(reached, lights.of, (soFar) => phase.value = { name: "running", total, soFar });
    phase.value = { name: "ended", result };
  };
  const close = () => {
    phase.value = { name: "idle" };
    (opener.current?.disabled === false ? opener : progress).current?.focus();
  };
  const now = phase.value;
  return (
    <div class="all-off">
      <p class="all-off-words quiet-text">{litInWords(shown.length, lit.length, unknown.length)}</p>
      <button
        type="button"
        ref={opener}
        disabled={lookOnly || reached.length === 0 || now.name === "running"}
        aria-expanded={now.name === "asking"}
        onClick={() => phase.value = { name: "asking" }}
      >
        All off
      </button>
      {now.name === "asking" && (
        <Ask
          count={reached.length}
          away={lit.length - reached.length}
          yes={() => void run().catch(report)}
          no={close}
        />
      )}
      <div class="all-off-progress" role="status" tabIndex={-1} ref={progress}>
        {now.name === "running" && <p>Turning off: {now.soFar.done + now.soFar.failed.length} of {now.total}</p>}
        {now.name === "ended" && <Ended result={now.result} close={close} />}
      </div>
    </div>
  );
}

interface AskProps {
  readonly count: number;
  readonly away: number;
  readonly yes: () => void;
  readonly no: () => void;
}

function Ask({ count, away, yes, no }: AskProps) {
  const button = useRef<HTMLButtonElement>(null);
  // Before it is painted: whoever sees the question can answer it by keyboard.
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <div
      class="all-off-ask"
      role="group"
      aria-label="All off"
      onKeyDown={(event) => event.key === "Escape" && no()}
    >
      <p>
        Turn off {lightsInWords(count)}?
        {away > 0 && ` ${lightsInWords(away)} offline cannot be reached.`}
      </p>
      <p class="actions">
        <button type="button" class="primary" ref={button} onClick={yes}>Turn off {lightsInWords(count)}</button>
        <button type="button" onClick={no}>Cancel</button>
      </p>
    </div>
  );
}

const MOST_NAMED = 5;

function Ended({ result: { done, failed }, close }: { readonly result: TurnedOff; readonly close: () => void }) {
  const named = failed.slice(0, MOST_NAMED).map(({ device }) => nameInText(device.name)).join(", ");
  const rest = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : "";
  return (
    <p class={failed.length === 0 ? "notice" : "notice notice-error"}>
      <span>
        {lightsInWords(done)} turned off.
        {failed.length > 0 && ` Not turned off: ${named}${rest}.`}
      </span>
      <button type="button" class="quiet" aria-label="Dismiss" onClick={close}>×</button>
    </p>
  );
}
