import { useSignal } from "@preact/signals";
import { count } from "../../base/format.ts";
import type { Discovered } from "../../base/messages.ts";
import { wordsIn } from "../../base/words_in.ts";
import type { Selection } from "../bulk/selection.ts";
import { SelectBox } from "../bulk/select_box.tsx";
import type { Adopt } from "./use_adopt.ts";

export interface AddBarProps {
  readonly items: readonly Discovered[];
  readonly selection: Selection;
  readonly adopt: Adopt;
}

/** Adds many at once: all, or those that are chosen; with tags to find them by. */
export function AddBar({ items, selection, adopt }: AddBarProps) {
  const tags = useSignal("");
  const ids = items.map(({ id }) => id);
  const chosen = ids.filter((id) => selection.ids.value.has(id));
  const progress = adopt.progress.value;
  const words = progress !== undefined
    ? `Adding: ${count(progress.done)} of ${count(progress.total)}`
    : chosen.length > 0
    ? `${count(chosen.length)} selected`
    : ids.length > 0
    ? `Select all ${count(ids.length)}`
    : "Nothing left to add";
  const spent = ids.length === 0 && progress === undefined;
  return (
    <form
      class="found-add"
      aria-label="Add several"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (progress === undefined) adopt.add(chosen.length > 0 ? chosen : ids, wordsIn(tags.value));
        else adopt.stop();
      }}
    >
      {spent || progress !== undefined ? <span class="found-progress" role="status">{words}</span> : (
        <SelectBox
          label={`Select all ${count(ids.length)} that were found`}
          checked={chosen.length === ids.length}
          mixed={chosen.length > 0 && chosen.length < ids.length}
          toggle={() => selection.toggleAll(ids)}
        >
          <span role="status">{words}</span>
        </SelectBox>
      )}
      <input
        type="text"
        aria-label="Tags for what is added, with commas between"
        placeholder="Tags for them, e.g. hall, floor 2"
        spellcheck={false}
        value={tags.value}
        onInput={(event) => tags.value = event.currentTarget.value}
      />
      <button type="submit" aria-disabled={spent}>
        {progress !== undefined
          ? "Stop"
          : chosen.length > 0
          ? `Add ${count(chosen.length)}`
          : `Add all${spent ? "" : ` ${count(ids.length)}`}`}
      </button>
    </form>
  );
}
