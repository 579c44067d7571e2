import { entriesWords, shortCount } from "../../base/format.ts";
import type { Counted } from "./facets.ts";

export interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly chosen: readonly Value[];
  /** How many entries the value would give; undefined while that is not known. */
  readonly count: (value: Value) => Counted | undefined;
  readonly choose: (chosen: readonly Value[]) => void;
}

/** Any of these; none chosen is all. */
export function Chips<Value extends string>({ label, values, words, chosen, count, choose }: ChipsProps<Value>) {
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
          <Count counted={count(value)} />
        </button>
      ))}
    </div>
  );
}

/** Short for the eye, whole for the ear. Its room is there before it is known. */
function Count({ counted }: { readonly counted: Counted | undefined }) {
  if (counted === undefined) return <span class="chip-count" />;
  const { count, atLeast } = counted;
  return (
    <span class="chip-count">
      <span aria-hidden="true">{shortCount(count)}{atLeast && "+"}</span>
      <span class="visually-hidden">{atLeast && "at least "}{entriesWords(count)}</span>
    </span>
  );
}
