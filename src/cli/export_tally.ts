import { createHash } from "node:crypto";
import type { ExportFormat } from "../audit/mod.ts";
import type { ExportProof } from "./export_source.ts";

/** What has arrived of a file. */
export interface ExportTally {
  add(bytes: Uint8Array): void;
  rows(): number;
  bytes(): number;
  /** Why the file is not what was sent; undefined when it is. To be asked once, at the end. */
  lack(proof: ExportProof | undefined): string | undefined;
}

const NEWLINE = 10;
/** `[]` and its line break. */
const EMPTY_ARRAY = 3;

/** Counts rows by their line breaks, which no cell and no text holds. */
export function createExportTally(format: ExportFormat): ExportTally {
  const hash = createHash("sha256");
  let [lines, size] = [0, 0];
  const rowsOf: Readonly<Record<ExportFormat, () => number>> = {
    csv: () => Math.max(0, lines - 1),
    json: () => size === EMPTY_ARRAY ? 0 : lines,
    ndjson: () => lines,
  };
  const rows = rowsOf[format];
  return {
    add: (bytes) => {
      hash.update(bytes);
      size += bytes.length;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
    },
    rows,
    bytes: () => size,
    lack: (proof) => {
      if (proof === undefined) return "nobody can tell whether it is whole";
      if (!proof.complete) return "it was cut";
      if (proof.rows !== rows()) return `it has ${rows()} of ${proof.rows} rows`;
      return proof.sha256 === hash.digest("hex") ? undefined : "its SHA-256 is another than that of what was sent";
    },
  };
}
