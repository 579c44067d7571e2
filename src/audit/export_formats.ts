import { createCsvWriter, CSV_HEADER, type Guard } from "./export_csv.ts";

export const EXPORT_FORMATS = ["csv", "json", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How entries become a file: an opening, batches of entries, an ending. */
export interface Shape {
  readonly opening: string;
  /** What the database puts between two entries. */
  readonly between: string;
  /** What the database puts before a batch. */
  readonly lead: (first: boolean) => string;
  /** Makes of a batch what is sent. */
  readonly write: (lines: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** What is sent once everything before it is on record: without it a file shows that it was cut. */
  readonly ending: (rows: number) => string;
}

const asItStands = (lines: Uint8Array<ArrayBuffer>) => lines;
const nothing = () => "";

const SHAPES: Readonly<Record<ExportFormat, (guard: Guard) => Shape>> = {
  csv: (guard) => ({
    opening: CSV_HEADER,
    between: "\n",
    lead: nothing,
    write: createCsvWriter(guard),
    ending: () => "\r\n",
  }),
  json: () => ({
    opening: "[",
    between: ",\n",
    lead: (first) => first ? "" : ",\n",
    write: asItStands,
    ending: () => "]\n",
  }),
  ndjson: () => ({
    opening: "",
    between: "\n",
    lead: (first) => first ? "" : "\n",
    write: asItStands,
    ending: (rows) => rows > 0 ? "\n" : "",
  }),
};

export const shapeOf = (format: ExportFormat, guard: Guard): Shape => SHAPES[format](guard);
