import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Address } from "./address.ts";
import { DateFields } from "./date_fields.tsx";
import { Chips } from "./facets/chips.tsx";
import { countOf, type Facets } from "./facets/facets.ts";
import { Pickers } from "./facets/pickers.tsx";
import {
  categories,
  CATEGORY_LABELS,
  changed,
  type FilterChange,
  filterKey,
  isEmpty,
  severities,
  SEVERITY_LABELS,
} from "./filter.ts";
import { FilterMarks } from "./filter_marks.tsx";
import { presets } from "./presets.ts";
import { TextSearch } from "./text_search.tsx";
import { useLeftFocus } from "./use_left_focus.ts";

export interface ToolbarProps {
  readonly address: Address;
  readonly facets: Facets | undefined;
  /** Whether they are of this filter; else they say what there was, but not how much there is. */
  readonly fresh: boolean;
  /** To a wider span of time; undefined where none is set. */
  readonly zoomOut: (() => void) | undefined;
}

/** What the list is narrowed to. */
export function Toolbar({ address, facets, fresh, zoomOut }: ToolbarProps) {
  const filter = address.filter.value;
  const [datesShown, moreShown] = [useSignal(false), useSignal(false)];
  const root = useRef<HTMLElement>(null);
  const leave = useLeftFocus(root);
  const counts = fresh ? facets : undefined;
  const typed = (part: FilterChange) => address.show(changed(filter, part));
  const choose = (part: FilterChange) => address.show(changed(filter, part), { step: true });
  return (
    <search class="log-tools" ref={root}>
      <div class="log-tools-first">
        <TextSearch text={filter.q ?? ""} change={(q) => typed({ q })} />
        <Views address={address} datesShown={datesShown} moreShown={moreShown} />
      </div>
      <div id="log-dates" hidden={!datesShown.value}>
        <DateFields filter={filter} change={typed} />
      </div>
      <div class="log-chips">
        <Chips
          label="Category"
          values={categories()}
          words={CATEGORY_LABELS}
          chosen={filter.categories ?? []}
          count={(value) => countOf(counts, "categories", value)}
          choose={(chosen) => choose({ categories: chosen })}
        />
        <Chips
          label="Severity"
          values={severities()}
          words={SEVERITY_LABELS}
          chosen={filter.severities ?? []}
          count={(value) => countOf(counts, "severities", value)}
          choose={(chosen) => choose({ severities: chosen })}
        />
      </div>
      <div class="log-tools-last">
        <div id="log-more" class="log-more" data-shown={moreShown.value}>
          <Pickers filter={filter} facets={facets} fresh={fresh} change={choose} />
        </div>
        {!isEmpty(filter) && (
          <div class="log-marks" onClickCapture={leave}>
            <FilterMarks filter={filter} change={choose} />
            {zoomOut !== undefined && <button type="button" class="quiet" onClick={zoomOut}>Zoom out</button>}
            <button type="button" class="quiet" onClick={() => address.show({}, { step: true })}>Clear filters</button>
          </div>
        )}
      </div>
    </search>
  );
}

interface ViewsProps {
  readonly address: Address;
  readonly datesShown: Signal<boolean>;
  readonly moreShown: Signal<boolean>;
}

/** What takes room only when it is wanted, and the usual questions, one press each. */
function Views({ address, datesShown, moreShown }: ViewsProps) {
  const here = filterKey(address.filter.value);
  return (
    <div class="chip-group" role="group" aria-labelledby="log-views">
      <Unfold shown={moreShown} controls="log-more" narrowOnly>Filters</Unfold>
      <span id="log-views" class="chip-label">Show</span>
      {presets(new Date()).map(({ label, filter }) => {
        const on = filterKey(filter) === here;
        const toggle = () => address.show(on ? {} : filter, { step: true });
        return <button key={label} type="button" class="chip" aria-pressed={on} onClick={toggle}>{label}</button>;
      })}
      <Unfold shown={datesShown} controls="log-dates">Dates</Unfold>
    </div>
  );
}

interface UnfoldProps {
  readonly shown: Signal<boolean>;
  readonly controls: string;
  /** Where there is room what it shows is always there. */
  readonly narrowOnly?: boolean;
  readonly children: string;
}

const Unfold = ({ shown, controls, narrowOnly = false, children }: UnfoldProps) => (
  <button
    type="button"
    class={narrowOnly ? "chip log-more-opener" : "chip"}
    aria-expanded={shown.value}
    aria-controls={controls}
    onClick={() => shown.value = !shown.value}
  >
    {children}
  </button>
);
