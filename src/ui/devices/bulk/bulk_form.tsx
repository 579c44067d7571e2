import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { devicesWords } from "../discovered/found_words.ts";
import { RGB_ORDERS } from "../device_form.ts";
import type { Device } from "../device.ts";
import { tagsOf } from "../../library/search.ts";
import { type BulkDraft, isLedCount, isUnchanged, UNCHANGED } from "./bulk_draft.ts";

export interface BulkFormProps {
  readonly chosen: readonly Device[];
  readonly busy: boolean;
  readonly change: (draft: BulkDraft) => void;
  readonly close: () => void;
}

/** What of many devices can be changed at once. Only what is filled in is changed. */
export function BulkForm({ chosen, busy, change, close }: BulkFormProps) {
  const draft = useSignal<BulkDraft>(UNCHANGED);
  const first = useRef<HTMLInputElement>(null);
  // Before it is painted, so that whoever opened it goes on by keyboard.
  useLayoutEffect(() => first.current?.focus(), []);
  const set = (part: Partial<BulkDraft>) => void (draft.value = { ...draft.value, ...part });
  const { addTags, enabled, rgbOrder, ledCount, removeTags } = draft.value;
  const isWrong = !isLedCount(ledCount);
  const barred = busy || isWrong || isUnchanged(draft.value);
  return (
    <form
      class="bulk-form"
      aria-label={`Change ${devicesWords(chosen.length)}`}
      autocomplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!barred) change(draft.value);
      }}
    >
      <label class="field bulk-add-tags">
        <span class="field-label">Add tags</span>
        <input
          type="text"
          ref={first}
          spellcheck={false}
          placeholder="hall, floor 2"
          value={addTags}
          onInput={(event) => set({ addTags: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="field-label">Enabled</span>
        <select
          value={enabled}
          onChange={({ currentTarget: { value } }) => set({ enabled: value === "on" || value === "off" ? value : "" })}
        >
          <option value="">As it is</option>
          <option value="on">Enabled</option>
          <option value="off">Disabled</option>
        </select>
      </label>
      <label class="field">
        <span class="field-label">RGB order</span>
        <select value={rgbOrder} onChange={(event) => set({ rgbOrder: event.currentTarget.value })}>
          <option value="">As it is</option>
          {RGB_ORDERS.map((order) => <option key={order} value={order}>{order.toUpperCase()}</option>)}
        </select>
      </label>
      <label class="field">
        <span class="field-label">LED count</span>
        <input
          type="text"
          inputMode="numeric"
          placeholder="As it is"
          aria-invalid={isWrong}
          aria-describedby="bulk-leds"
          value={ledCount}
          onInput={(event) => set({ ledCount: event.currentTarget.value })}
        />
        <span class="field-problem" id="bulk-leds">{isWrong && "A whole number, 1 to 10000"}</span>
      </label>
      <RemoveTags tags={tagsOf(chosen)} removed={removeTags} set={(removeTags) => set({ removeTags })} />
      <p class="actions bulk-submit">
        <button type="submit" class="primary" aria-disabled={barred}>{`Change ${devicesWords(chosen.length)}`}</button>
        <button type="button" class="quiet" onClick={close}>Cancel</button>
      </p>
    </form>
  );
}

interface RemoveTagsProps {
  readonly tags: readonly string[];
  readonly removed: readonly string[];
  readonly set: (removed: readonly string[]) => void;
}

function RemoveTags({ tags, removed, set }: RemoveTagsProps) {
  if (tags.length === 0) return null;
  return (
    <fieldset class="bulk-tags">
      <legend class="field-label">Remove tags</legend>
      {tags.map((tag) => {
        const goes = removed.includes(tag);
        return (
          <button
            key={tag}
            type="button"
            class="chip"
            aria-pressed={goes}
            onClick={() => set(goes ? removed.filter((one) => one !== tag) : [...removed, tag])}
          >
            <span class="name cut">{tag}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
