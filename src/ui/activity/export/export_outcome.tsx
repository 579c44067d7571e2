import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { count, entriesWords } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { Failed } from "../../parts/states.tsx";
import { type Filter, filterKey } from "../filter.ts";
import { ExportProof } from "./export_proof.tsx";
import type { Exporter, ExportState } from "./exporter.ts";
import { FORMAT_WORDS, orderWords } from "./order_words.ts";

export interface ExportOutcomeProps {
  readonly exporter: Exporter;
  /** What is looked at now. */
  readonly filter: Filter;
  /** How many entries that is, where it is known to the last one. */
  readonly known: number | undefined;
}

/** What became of the last order, which may have been for other filters. */
export function ExportOutcome({ exporter, filter, known }: ExportOutcomeProps) {
  const root = useRef<HTMLDivElement>(null);
  const retried = useSignal(false);
  const [state, wanted] = [exporter.state.value, exporter.wanted.value];
  const running = state.name === "running";
  useLayoutEffect(() => {
    if (running || !retried.value) return;
    retried.value = false;
    // The button that had the focus has gone with what it was for.
    if (state.name === "complete" && document.activeElement === document.body) {
      root.current?.querySelector("button")?.focus();
    }
  }, [running]);
  if (wanted === undefined || state.name === "idle") return null;
  const same = filterKey(wanted.filter) === filterKey(filter);
  const retry = () => {
    if (running) return;
    retried.value = true;
    void exporter.retry().catch(report);
  };
  return (
    <div class="export-outcome" ref={root}>
      {!same && <p class="quiet-text">With the filters of before: {orderWords(wanted.filter)}</p>}
      {state.name === "running" && <Progress rows={state.rows} total={wanted.total ?? (same ? known : undefined)} />}
      {state.name === "complete" && <ExportProof {...state} label={FORMAT_WORDS[wanted.format].label} />}
      <Trouble state={state} />
      {(state.name === "broken" || state.name === "failed" || (running && retried.value)) && (
        <p key="retry" class="actions">
          <button type="button" aria-disabled={running} onClick={retry}>Retry</button>
        </p>
      )}
    </div>
  );
}

function Progress({ rows, total }: { readonly rows: number; readonly total: number | undefined }) {
  const of = total === undefined || total < rows ? undefined : total;
  return (
    <div class="export-proof">
      <progress class="export-progress" aria-label="Exported" max={of ?? 1} {...(of ? { value: rows } : {})} />
      <p>{of === undefined ? `${entriesWords(rows)} so far` : `${count(rows)} of ${count(of)}`}</p>
    </div>
  );
}

function Trouble({ state }: { readonly state: ExportState }) {
  if (state.name === "failed") return <Failed what="export the log" problem={state.problem} />;
  if (state.name !== "broken") return null;
  return (
    <div class="failed" role="alert">
      <p class="failed-title">The export broke off</p>
      <p>The file is not complete: it ends after {entriesWords(state.rows)}.</p>
    </div>
  );
}
