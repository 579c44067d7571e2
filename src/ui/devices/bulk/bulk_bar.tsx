import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { count } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { lightsInWords } from "../../lights/light_words.ts";
import { type Device, isControllable } from "../device.ts";
import { devicesWords } from "../discovered/found_words.ts";
import type { BulkDraft } from "./bulk_draft.ts";
import { BulkForm } from "./bulk_form.tsx";
import { BulkOutcome } from "./bulk_outcome.tsx";
import type { Selection } from "./selection.ts";
import { changing, switching } from "./bulk_work.ts";
import { useMany, type Work } from "./use_many.ts";

export interface BulkBarProps {
  /** All that there are. */
  readonly devices: readonly Device[];
  /** Those that the search shows. */
  readonly shown: readonly Device[];
  readonly selection: Selection;
}

const NAME = "bulk-bar";

/** Enter on the checkbox of a row leads to what can be done with all that are selected. */
export function toBulkBar(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== "Enter" || !(target instanceof HTMLInputElement)) return;
  // Otherwise the same key would press what it leads to.
  event.preventDefault();
  document.querySelector<HTMLElement>(`.${NAME}`)?.focus();
}

/** What can be done with the selected devices. It stands over the lower end of the window and moves nothing. */
export function BulkBar({ devices, shown, selection }: BulkBarProps) {
  const many = useMany();
  /** What was done to so many. */
  const doneWords = useRef<(value: number) => string>(String);
  const open = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const ids = selection.ids.value;
  const chosen = devices.filter(({ id }) => ids.has(id));
  const inSight = shown.filter(({ id }) => ids.has(id)).length;
  const lights = chosen.filter(isControllable);
  const progress = many.progress.value;
  const busy = progress !== undefined;
  const outcome = many.outcome.value;
  if (chosen.length === 0 && outcome === undefined && !busy) return null;
  const close = () => {
    open.value = false;
    opener.current?.focus();
  };
  const begin = async (work: Work<unknown>, words: (value: number) => string) => {
    if (busy || work.ids.length === 0) return false;
    doneWords.current = words;
    const { failed, problem } = await many.run(work);
    return failed.length === 0 && problem === undefined;
  };
  const change = async (draft: BulkDraft) => {
    if (await begin(changing(chosen, draft), (value) => `${devicesWords(value)} changed`)) close();
  };
  const power = (on: boolean) =>
    begin(switching(chosen, on), (value) => `${lightsInWords(value)} turned ${on ? "on" : "off"}`);
  const start = (work: Promise<unknown>) => void work.catch(report);
  return (
    <section
      class={NAME}
      tabIndex={-1}
      aria-label="Selected devices"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        if (open.value) close();
        else backToRow();
      }}
    >
      <BulkOutcome
        outcome={outcome}
        doneWords={doneWords.current}
        close={() => {
          many.dismiss();
          opener.current?.focus();
        }}
        choose={selection.only}
      />
      {open.value && chosen.length > 0 && (
        <BulkForm
          chosen={chosen}
          busy={busy}
          change={(draft) => start(change(draft))}
          close={close}
        />
      )}
      <div class="bulk-actions">
        <p class="bulk-count" role="status">
          {busy
            ? `${count(progress.done)} of ${count(progress.total)} done`
            : `${count(chosen.length)} selected${beside(chosen.length - inSight)}`}
        </p>
        {(["on", "off"] as const).map((way) => (
          <button
            key={way}
            type="button"
            aria-label={`Turn ${way} ${lightsInWords(lights.length)}`}
            aria-disabled={busy || lights.length === 0}
            onClick={() => start(power(way === "on"))}
          >
            {way === "on" ? "On" : "Off"}
          </button>
        ))}
        <button
          type="button"
          ref={opener}
          aria-expanded={open.value}
          aria-disabled={chosen.length === 0}
          onClick={() => chosen.length > 0 && (open.value = !open.value)}
        >
          Change…
        </button>
        <button type="button" class="quiet" disabled={chosen.length === 0} onClick={() => selection.only([])}>
          Clear
        </button>
      </div>
    </section>
  );
}

/** Nobody changes unknowingly what the search does not show. */
const beside = (value: number): string => value === 0 ? "" : `, ${count(value)} of them not in the search`;

/** From the bar to the first row that is selected. */
function backToRow(): void {
  document.querySelector<HTMLElement>(".device-selected input")?.focus();
}
