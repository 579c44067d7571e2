import { type Signal, useSignal } from "@preact/signals";
import type { Address } from "./address.ts";
import { DateFields } from "./date_fields.tsx";
import {
  categories,
  CATEGORY_LABELS,
  compact,
  type Filter,
  filterKey,
  isEmpty,
  severities,
  SEVERITY_LABELS,
} from "./filter.ts";
import { FilterMarks } from "./filter_marks.tsx";
import { presets } from "./presets.ts";
import { TextSearch } from "./text_search.tsx";

/** What the list is narrowed to. */
export function Toolbar({ address }: { readonly address: Address }) {
  const filter = address.filter.value;
  const datesShown = useSignal(false);
  const change = (part: Partial<{ [Key in keyof Filter]: Filter[Key] | undefined }>) =>
    address.show(compact({ ...filter, ...part }));
  return (
    <search class="log-tools">
      <div class="log-tools-first">
        <TextSearch text={filter.q ?? ""} change={(q) => change({ q })} />
        <Views address={address} datesShown={datesShown} />
      </div>
      <div id="log-dates" hidden={!datesShown.value}>
        <DateFields filter={filter} change={change} />
      </div>
      <div class="log-chips">
        <Chips
          label="Category"
          values={categories()}
          words={CATEGORY_LABELS}
          chosen={filter.categories ?? []}
          choose={(chosen) => change({ categories: chosen })}
        />
        <Chips
          label="Severity"
          values={severities()}
          words={SEVERITY_LABELS}
          chosen={filter.severities ?? []}
          choose={(chosen) => change({ severities: chosen })}
        />
      </div>
      {!isEmpty(filter) && (
        <div class="log-marks">
          <FilterMarks filter={filter} change={change} />
          <button type="button" class="quiet" onClick={() => address.show({}, { step: true })}>Clear filters</button>
        </div>
      )}
    </search>
  );
}

interface ViewsProps {
  readonly address: Address;
  readonly datesShown: Signal<boolean>;
}

/** The usual questions, one press each. */
function Views({ address, datesShown }: ViewsProps) {
  const here = filterKey(address.filter.value);
  return (
    <div class="chip-group" role="group" aria-labelledby="log-views">
      <span id="log-views" class="chip-label">Show</span>
      {presets(new Date()).map(({ label, filter }) => {
        const on = filterKey(filter) === here;
        const toggle = () => address.show(on ? {} : filter, { step: true });
        return <button key={label} type="button" class="chip" aria-pressed={on} onClick={toggle}>{label}</button>;
      })}
      <button
        type="button"
        class="chip"
        aria-expanded={datesShown.value}
        aria-controls="log-dates"
        onClick={() => datesShown.value = !datesShown.value}
      >
        Dates
      </button>
    </div>
  );
}

interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly chosen: readonly Value[];
  readonly choose: (chosen: readonly Value[]) => void;
}

/** Any of these; none chosen is all. */
function Chips<Value extends string>({ label, values, words, chosen, choose }: ChipsProps<Value>) {
  const id = `log-${label.toLowerCase()}`;
  const toggle = (value: Value) => choose(values.filter((each) => chosen.includes(each) !== (each === value)));
  return (
    <div class="chip-group" role="group" aria-labelledby={id}>
      <span id={id} class="chip-label">{label}</span>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-pressed={chosen.includes(value)}
          onClick={() => toggle(value)}
        >
          {words[value]}
        </button>
      ))}
    </div>
  );
}
