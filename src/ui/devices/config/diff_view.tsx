import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { count } from "../../base/format.ts";
import { useMedia } from "../../parts/use_media.ts";
import type { Hunk } from "./answers.ts";
import { type DiffLine, type DiffPair, isSkipped, linesOf, pairsOf, type Skipped } from "./diff_lines.ts";

export interface DiffViewProps {
  readonly hunks: readonly Hunk[];
  /** What the two texts are. */
  readonly before: string;
  readonly after: string;
}

/** Drawn at once; a whole configuration of them would keep the page busy. */
const STEP = 400;

/** What is not as it was, line by line: in two columns where there is room. */
export function DiffView({ hunks, before, after }: DiffViewProps) {
  const wide = useMedia("(min-width: 900px)");
  const drawn = useSignal(STEP);
  const frame = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(hunks), [hunks]);
  const rows = useMemo(() => wide ? pairsOf(lines) : lines, [lines, wide]);
  const runs = Array.from({ length: Math.ceil(Math.min(drawn.value, rows.length) / STEP) }, (_, at) => at * STEP);
  const left = rows.length - drawn.value;
  const more = () => {
    drawn.value += STEP;
    // The button goes.
    if (left <= STEP) frame.current?.focus();
  };
  return (
    <div ref={frame} class="diff-frame" tabIndex={-1}>
      <table class={wide ? "diff" : "diff diff-one"}>
        <caption class="visually-hidden">{`Lines of ${before} and of ${after}`}</caption>
        <colgroup>
          <col class="diff-number" />
          <col class={wide ? "" : "diff-number"} />
          {wide && <col class="diff-number" />}
          <col />
        </colgroup>
        <thead>
          <tr>
            {wide
              ? [before, after].map((text, at) => <th key={at} scope="col" colSpan={2}>{text}</th>)
              : <th scope="col" colSpan={3}>− {before}, + {after}</th>}
          </tr>
        </thead>
        {runs.map((from) => <Run key={`${wide} ${from}`} rows={rows} from={from} wide={wide} />)}
      </table>
      {left > 0 && (
        <p class="actions">
          <button type="button" onClick={more}>
            Show {count(Math.min(STEP, left))} more lines
          </button>
          <span class="quiet-text">{count(left)} are not shown yet</span>
        </p>
      )}
    </div>
  );
}

type AnyRow = DiffLine | DiffPair | Skipped;

/** Drawn once, however many come after it. */
function Run(
  { rows, from, wide }: { readonly rows: readonly AnyRow[]; readonly from: number; readonly wide: boolean },
) {
  return useMemo(() => (
    <tbody>
      {rows.slice(from, from + STEP).map((row, at) =>
        isSkipped(row)
          ? (
            <tr key={at} class="diff-skip">
              <td colSpan={wide ? 4 : 3}>{count(row.skipped)} unchanged {row.skipped === 1 ? "line" : "lines"}</td>
            </tr>
          )
          : "sign" in row
          ? <OneRow key={at} line={row} />
          : <TwoRow key={at} pair={row} />
      )}
    </tbody>
  ), [rows, from, wide]);
}

const CLASSES: Readonly<Record<DiffLine["sign"], string>> = { " ": "", "+": "diff-added", "-": "diff-removed" };

const Text = ({ line: { sign, text } }: { readonly line: DiffLine }) => (
  <td class={`diff-text ${CLASSES[sign]}`}>
    <span class="diff-sign">{sign === "-" ? "−" : sign}</span>
    <span class="name">{text}</span>
  </td>
);

const OneRow = ({ line }: { readonly line: DiffLine }) => (
  <tr>
    <td class="diff-number">{line.before}</td>
    <td class="diff-number">{line.after}</td>
    <Text line={line} />
  </tr>
);

const TwoRow = ({ pair: { left, right } }: { readonly pair: DiffPair }) => (
  <tr>
    <td class="diff-number">{left?.before}</td>
    {left === undefined ? <td class="diff-none" /> : <Text line={left} />}
    <td class="diff-number">{right?.after}</td>
    {right === undefined ? <td class="diff-none" /> : <Text line={right} />}
  </tr>
);
