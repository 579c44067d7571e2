import { useSignal } from "@preact/signals";
import { shortCount } from "../../base/format.ts";
import type { Tallies } from "./facets.ts";

export interface PickerProps {
  readonly label: string;
  /** What stands there while nothing is chosen, e.g. `Any actor`. */
  readonly any: string;
  readonly chosen: readonly string[];
  readonly tallies: Tallies | undefined;
  /** Whether they may be counted upon; else only the values are told. */
  readonly fresh: boolean;
  readonly words: (value: string) => string;
  /** Undefined for any. */
  readonly choose: (value: string | undefined) => void;
}

const NONE: Tallies = { items: [], partial: false };
const SEVERAL = "\n";

/** One of the values that there are, with how many entries each has. While it is open its list stands still. */
export function Picker({ label, any, chosen, tallies = NONE, fresh, words, choose }: PickerProps) {
  const still = useSignal<Tallies | undefined>(undefined);
  const { items, partial } = still.value ?? tallies;
  const [only] = chosen;
  const several = chosen.length > 1;
  const unlisted = !several && only !== undefined && !items.some(({ value }) => value === only);
  const value = several ? SEVERAL : only ?? "";
  return (
    <label class="picker">
      <span class="visually-hidden">{label}</span>
      <select
        data-chosen={chosen.length > 0}
        onFocus={() => still.value = tallies}
        onBlur={() => still.value = undefined}
        onChange={({ currentTarget }) => {
          still.value = undefined;
          if (currentTarget.value !== SEVERAL) choose(currentTarget.value || undefined);
        }}
      >
        <option value="" selected={value === ""}>{any}</option>
        {several && <option value={SEVERAL} selected>{`${chosen.length} of them`}</option>}
        {unlisted && <option value={only} selected>{words(only)}</option>}
        {items.map((tally) => (
          <option key={tally.value} value={tally.value} selected={tally.value === value}>
            {words(tally.value)}
            {fresh && ` (${shortCount(tally.count)}${partial ? "+" : ""})`}
          </option>
        ))}
      </select>
    </label>
  );
}
