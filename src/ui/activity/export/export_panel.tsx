import type { Filter } from "../../../audit/mod.ts";
import { copyText } from "../../base/clipboard.ts";
import { count, entriesWords } from "../../base/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { KeyNeeded, useKeyLack } from "../../parts/key_needed.tsx";
import { Failed } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import { isEmpty } from "../filter.ts";
import type { Total } from "../log_state.ts";
import { type Exporter, type Format, FORMATS } from "./exporter.ts";

export interface ExportPanelProps {
  readonly exporter: Exporter;
  readonly filter: Filter;
  /** How many entries match; undefined while that is not known. Asked only while it is shown. */
  readonly total: () => Total | undefined;
}

const WORDS: Readonly<Record<Format, { readonly label: string; readonly purpose: string }>> = {
  csv: { label: "CSV", purpose: "for spreadsheets" },
  json: { label: "JSON", purpose: "one list" },
  ndjson: { label: "NDJSON", purpose: "one entry a line" },
};

/** Takes the matching entries out as a file, and says what became of it. */
export function ExportPanel({ exporter, filter, ...props }: ExportPanelProps) {
  const lacksKey = useKeyLack();
  const total = props.total();
  if (lacksKey) return <KeyNeeded what="export the log" />;
  const { name } = exporter.state.value;
  const start = (format: Format) =>
    void exporter.start({ format, filter }).catch((error: unknown) => console.error(error));
  return (
    <>
      <p>{whatWords(total, isEmpty(filter))}</p>
      <p class="actions">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-disabled={name === "running"}
            onClick={() => name !== "running" && start(format)}
          >
            {WORDS[format].label} <span class="quiet-text">{WORDS[format].purpose}</span>
          </button>
        ))}
      </p>
      <Outcome exporter={exporter} total={total} retry={start} />
    </>
  );
}

function whatWords(total: Total | undefined, all: boolean): string {
  const amount = total === undefined ? "entries" : `${total.capped ? "at least " : ""}${entriesWords(total.count)}`;
  return all ? `The whole log: ${amount}, oldest first.` : `What matches the filters: ${amount}, oldest first.`;
}

interface OutcomeProps {
  readonly exporter: Exporter;
  readonly total: Total | undefined;
  readonly retry: (format: Format) => void;
}

function Outcome({ exporter, total, retry }: OutcomeProps) {
  const state = exporter.state.value;
  const format = exporter.wanted.value?.format ?? "csv";
  switch (state.name) {
    case "idle":
      return null;
    case "running": {
      const of = total === undefined || total.count < state.rows ? undefined : total.count;
      return (
        <div class="export-proof">
          <progress
            class="export-progress"
            aria-label="Exported"
            max={of ?? 1}
            {...(of ? { value: state.rows } : {})}
          />
          <p>{of === undefined ? `${entriesWords(state.rows)} so far` : `${count(state.rows)} of ${count(of)}`}</p>
        </div>
      );
    }
    case "complete":
      return <Complete rows={state.rows} sha256={state.sha256} format={format} />;
    case "broken":
      return (
        <div class="failed" role="alert">
          <p class="failed-title">The export broke off</p>
          <p>The file is not complete: it ends after {entriesWords(state.rows)}.</p>
          <p class="actions">
            <button type="button" onClick={() => retry(format)}>Retry</button>
          </p>
        </div>
      );
    case "failed":
      return <Failed what="export the log" problem={state.problem} retry={() => retry(format)} />;
  }
}

interface CompleteProps {
  readonly rows: number;
  readonly sha256: string;
  readonly format: Format;
}

/** What the file must be: whoever gets it can tell that it is whole. */
function Complete({ rows, sha256, format }: CompleteProps) {
  const { notices } = useUi();
  const copy = async () => {
    const copied = await copyText(sha256);
    notices.say(copied ? "Copied the SHA-256" : "This browser does not let the page copy");
  };
  return (
    <div class="export-proof">
      <p role="status">Complete: {entriesWords(rows)} as {WORDS[format].label}.</p>
      <p class="quiet-text">SHA-256 of the file</p>
      <code>{sha256}</code>
      <button type="button" onClick={() => void copy().catch((error: unknown) => console.error(error))}>
        <Icon name="copy" />
        Copy
      </button>
    </div>
  );
}
