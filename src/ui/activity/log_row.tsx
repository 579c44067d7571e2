import { clockTime, dayLabel } from "../base/format.ts";
import { SeverityMark } from "../parts/severity.tsx";
import type { Row } from "./row.ts";
import { Sentence } from "./sentence_view.tsx";

export interface LogRowProps {
  readonly row: Row;
  /** Counted from 1, the newest. */
  readonly place: number;
  readonly top: number;
  readonly open: boolean;
  /** The one row that the Tab key stops at. */
  readonly current: boolean;
  readonly by?: ((actor: string) => string) | undefined;
}

/** One entry in one line; in two on a phone. */
export function LogRow({ row: { seq, entry }, place, top, open, current, by }: LogRowProps) {
  return (
    <div
      role="row"
      class="log-row"
      data-seq={seq}
      aria-rowindex={place}
      aria-selected={open}
      tabIndex={current ? 0 : -1}
      style={{ top: `${top}px` }}
    >
      <span role="gridcell" class="log-time">
        <span class="visually-hidden">{dayLabel(entry.ts)}</span>
        <time dateTime={entry.ts}>{clockTime(entry.ts)}</time>
      </span>
      <span role="gridcell" class="log-severity">
        <SeverityMark severity={entry.severity} />
      </span>
      <span role="gridcell" class="log-words">
        <Sentence entry={entry} stops={current} by={by} />
      </span>
    </div>
  );
}
