import { conditionsFor } from "./conditions_sql.ts";
import type { Shape } from "./export_formats.ts";
import { type Lines, readLines, readLinesOf } from "./export_sql.ts";
import type { Filter } from "./filter.ts";
import { areFew, forward } from "./forward.ts";
import type { Plan } from "./plan.ts";
import type { Reader } from "./ports.ts";

/** Bytes in one piece, about: few enough that memory and the event loop do not notice them. */
const PIECE_BYTES = 256 * 1024;
const ROWS = { first: 200, most: 2000 };
/** Rows of the table that one statement walks at most, so that whoever has left is noticed. */
const STRETCH = 16_384;

export interface Batch {
  /** Canonical texts, joined as the shape wants it. */
  readonly lines: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

/** Rows that the export still had to look at were removed. */
export class RowsRemoved extends Error {
  override readonly name = "RowsRemoved";
}

/** Every match of the plan's range, oldest first. Throws RowsRemoved when the log loses what is still to come. */
export async function* exportBatches(
  reader: Reader,
  plan: Plan,
  filter: Filter,
  shape: Pick<Shape, "lead" | "between">,
): AsyncGenerator<Batch> {
  if (plan.range.low > plan.range.high) return;
  const few = plan.lanes !== undefined && await areFew(reader, plan.lanes, plan.range);
  const steps = plan.byColumns && !few ? fromTable : fromSeqs;
  let first = true;
  let low = plan.range.low;
  const joint = () => ({ lead: shape.lead(first), between: shape.between });
  for await (const { lines, reached } of steps(reader, plan, filter, joint)) {
    if (lines.oldest > low) throw new RowsRemoved("Cannot go on with the export: entries were removed meanwhile");
    low = reached + 1;
    const batch = toBatch(lines);
    if (batch === undefined) continue;
    first = false;
    yield batch;
  }
}

function toBatch({ bytes, rows, first, last }: Lines): Batch | undefined {
  return bytes === null || first === null || last === null ? undefined : { lines: bytes, rows, first, last };
}

interface Step {
  readonly lines: Lines;
  /** Everything up to here was looked at. */
  readonly reached: number;
}

type Steps = (
  reader: Reader,
  plan: Plan,
  filter: Filter,
  joint: () => { readonly lead: string; readonly between: string },
) => AsyncGenerator<Step>;

const fromTable: Steps = async function* (reader, plan, filter, joint) {
  const conditions = conditionsFor(plan, filter);
  let limit = ROWS.first;
  for (let low = plan.range.low; low <= plan.range.high;) {
    const high = Math.min(plan.range.high, low + STRETCH - 1);
    const lines = await readLines(reader, joint(), { low, high }, conditions, limit);
    const reached = lines.rows < limit ? high : lines.last!;
    yield { lines, reached };
    low = reached + 1;
    if (lines.bytes) limit = Math.min(ROWS.most, Math.ceil(PIECE_BYTES * lines.rows / lines.bytes.length));
  }
};

const fromSeqs: Steps = async function* (reader, plan, filter, joint) {
  for await (const { seqs, reached } of forward(reader, plan, filter, plan.range)) {
    const lines = await readLinesOf(reader, joint(), seqs);
    if (lines.rows < seqs.length) throw new RowsRemoved("Cannot go on with the export: entries were removed meanwhile");
    yield { lines, reached };
  }
};
