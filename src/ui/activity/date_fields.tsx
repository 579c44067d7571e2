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
          onChange={(event) => change({ since: boundOfDay(event.currentTarget.value, "first") })}
        />
      </label>
      <label class="field">
        <span class="field-label">To</span>
        <input
          type="date"
          value={until}
          min={since}
          onChange={(event) => change({ until: boundOfDay(event.currentTarget.value, "last") })}
        />
      </label>
    </div>
  );
}

const dayOf = (ts: string | undefined) => ts === undefined ? "" : dayKey(ts);
