import { dayKey } from "../base/format.ts";
import type { Filter } from "./filter.ts";
import { boundOfDay } from "./presets.ts";

export interface DateFieldsProps {
  readonly filter: Filter;
  readonly change: (part: { readonly since?: string | undefined; readonly until?: string | undefined }) => void;
}

/** The first and the last day, in this device's zone. */
export function DateFields({ filter, change }: DateFieldsProps) {
  const [since, until] = [dayOf(filter.since), dayOf(filter.until)];
  return (
    <div class="log-dates">
      <label class="field">
        <span class="field-label">From</span>
        <input
          type="date"
          value={since}
          max={until}
          onChange={({ currentTarget: { value } }) => isTyped(value) && change({ since: boundOfDay(value, "first") })}
        />
      </label>
      <label class="field">
        <span class="field-label">To</span>
        <input
          type="date"
          value={until}
          min={since}
          onChange={({ currentTarget: { value } }) => isTyped(value) && change({ until: boundOfDay(value, "last") })}
        />
      </label>
    </div>
  );
}

const isTyped = (day: string) => day === "" || day >= "1970";
const dayOf = (ts: string | undefined) => ts === undefined ? "" : dayKey(ts);
