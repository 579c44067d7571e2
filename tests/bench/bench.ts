/** What a benchmark prints: one Markdown table under a title, and what a reader must know beside it. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes?: readonly string[];
}

export interface BenchOptions {
  /** Paired rounds, at least 5. */
  readonly rounds: number;
  /** Entries in the log that is searched. */
  readonly rows: number;
  /** Directory that keeps the filled log for the next run; a temporary one otherwise. */
  readonly keep: string | undefined;
}

export interface Bench {
  readonly name: string;
  /** A benchmark that cannot run here says why in its table's notes and has no rows. */
  run(options: BenchOptions): Promise<readonly Table[]>;
}

export function printTable({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const table = rows.length === 0 ? [] : [line(columns), line(columns.map(() => "---")), ...rows.map(line), ""];
  return [`### ${title}`, "", ...table, ...(notes ?? []).map((note) => `- ${note}`), ""].join("\n");
}

/** Digits enough to compare with: 12,345 or 123 or 1.23. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `0.91 (0.88–0.93)`: the median, the lowest and the highest of the rounds. */
export const ratioFigure = (ratio: { readonly median: number; readonly lowest: number; readonly highest: number }) =>
  `${figure(ratio.median)} (${figure(ratio.lowest)}–${figure(ratio.highest)})`;

export const verdict = (met: boolean) => met ? "met" : "**MISSED**";
