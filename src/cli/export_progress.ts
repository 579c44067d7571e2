/** How far an export is, in one line of a terminal that is drawn again and again. */
export interface ExportProgress {
  show(rows: number): void;
  /** Takes the line away. */
  end(): void;
}

interface Deps {
  readonly write: (text: string) => void;
  /** Characters in a line, asked at each drawing: windows change. */
  readonly columns: () => number | null;
  readonly now: () => number;
  readonly total: number | null;
}

const INTERVAL_MS = 100;
const WIDEST_BAR = 40;
const CLEAR = "\r\x1b[2K";

export function createExportProgress({ write, columns, now, total }: Deps): ExportProgress {
  const begun = now();
  let drawn = -Infinity;
  return {
    show: (rows) => {
      const width = columns();
      if (width === null || now() - drawn < INTERVAL_MS) return;
      drawn = now();
      const seconds = (now() - begun) / 1000;
      write(CLEAR + progressLine(rows, total, seconds > 0 ? rows / seconds : 0, width - 1));
    },
    end: () => {
      if (drawn !== -Infinity) write(CLEAR);
    },
  };
}

/** As much as fits: the rows first, then the rate, then a bar. */
export function progressLine(rows: number, total: number | null, rate: number, width: number): string {
  const done = total === null ? `${grouped(rows)} rows` : `${grouped(rows)} of ${grouped(total)} rows`;
  const speed = ` ${grouped(Math.round(rate))}/s`;
  const text = done.length + speed.length <= width ? done + speed : done.slice(0, Math.max(0, width));
  const room = Math.min(WIDEST_BAR, width - text.length - 3);
  if (total === null || total === 0 || room < 5) return text;
  const filled = Math.round(room * Math.min(1, rows / total));
  return `${text} [${"#".repeat(filled)}${".".repeat(room - filled)}]`;
}

const grouped = (count: number) => count.toLocaleString("en-US");
