import { entriesWords } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { KeyNeeded, useKeyLack } from "../../parts/key_needed.tsx";
import { type Filter, isEmpty } from "../filter.ts";
import type { Total } from "../log_state.ts";
import { ExportOutcome } from "./export_outcome.tsx";
import { type Exporter, type Format, FORMATS } from "./exporter.ts";
import { FORMAT_WORDS } from "./order_words.ts";

export interface ExportPanelProps {
  readonly exporter: Exporter;
  readonly filter: Filter;
  /** How many entries match; undefined while that is not known. Asked only while it is shown. */
  readonly total: () => Total | undefined;
}

/** Takes the matching entries out as a file, and says what became of it. */
export function ExportPanel({ exporter, filter, ...props }: ExportPanelProps) {
  const lacksKey = useKeyLack();
  const total = props.total();
  if (lacksKey) return <KeyNeeded what="export the log" />;
  const running = exporter.state.value.name === "running";
  const known = total?.capped === false ? total.count : undefined;
  const start = (format: Format) => void exporter.start({ format, filter, total: known }).catch(report);
  return (
    <>
      <p>{whatWords(total, isEmpty(filter))}</p>
      <p class="actions">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-disabled={running}
            onClick={() => !running && start(format)}
          >
            {FORMAT_WORDS[format].label} <span class="quiet-text">{FORMAT_WORDS[format].purpose}</span>
          </button>
        ))}
      </p>
      <ExportOutcome exporter={exporter} filter={filter} known={known} />
    </>
  );
}

function whatWords(total: Total | undefined, all: boolean): string {
  if (total === undefined) return `${all ? "The whole log" : "All entries that match the filters"}, oldest first.`;
  const amount = `${total.capped ? "at least " : ""}${entriesWords(total.count)}`;
  return all ? `The whole log: ${amount}, oldest first.` : `What matches the filters: ${amount}, oldest first.`;
}
