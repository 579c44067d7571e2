import type { Batch } from "./export_batches.ts";
import type { Guard } from "./export_csv.ts";
import type { ExportFormat, Shape } from "./export_formats.ts";
import type { ExportRow } from "./export_sql.ts";
import type { Filter } from "./filter.ts";
import type { Turn } from "./ports.ts";

/** A SHA-256 that is fed piece by piece. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(encoding: "hex"): string;
}

export interface ExportRequest {
  /** Fresh and unguessable. */
  readonly id: string;
  readonly filter: Filter;
  readonly format: ExportFormat;
  readonly guard: Guard;
  /** Who asked for it, as the entry says. */
  readonly actor: string;
  readonly digest: Digest;
  /** Ends the export when it aborts: whoever asked is gone. */
  readonly signal?: AbortSignal;
}

export interface ExportProof extends ExportRow {
  readonly state: "running" | "complete" | "broken";
}

/** One export under way. */
export interface ExportRun {
  readonly bytes: ReadableStream<Uint8Array<ArrayBuffer>>;
  proof(): ExportProof;
  /** Cuts it and waits until that is on record. */
  stop(reason: string): Promise<void>;
}

interface Source {
  readonly batches: AsyncGenerator<Batch>;
  close(): Promise<void>;
}

/** An export that nobody takes a byte of for so long is cut, lest it hold its place for ever. */
export const STALL_MS = 5 * 60_000;

/** A client as fast as the database would otherwise keep everything else from its turn. */
const PIECES_PER_TURN = 3;

export function createExportRun(deps: {
  readonly request: ExportRequest;
  readonly shape: Shape;
  /** Begins to read; called once there is somebody who takes the bytes. */
  readonly open: () => Source;
  /** Puts on record how it ended. */
  readonly settle: (proof: ExportProof) => Promise<void>;
  readonly turn: Turn;
}): ExportRun {
  const { request, shape, settle, turn } = deps;
  const tally = createTally(request);
  let source: Source | undefined;
  let next: Promise<IteratorResult<Batch>> | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  let pieces = 0;
  let stalled = () => {};
  let ended: Promise<void> | undefined;

  /** Only the first call counts. */
  const end = (complete: boolean) =>
    ended ??= (async () => {
      stalled();
      request.signal?.removeEventListener("abort", left);
      await Promise.all([settle(tally.close(complete)), release()]);
    })();
  const release = async () => {
    // What was asked for ahead is of no use any more, nor is an error that it meets.
    await next?.catch(() => undefined);
    await source?.batches.return(undefined);
    await source?.close();
  };

  /** Cuts the export: whoever still reads gets the error. The entry was counted as lost if it cannot be stored. */
  const cut = async (reason: string) => {
    if (ended) return await ended.catch(() => undefined); // told by whoever ended it
    controller?.error(new Error(`The export was cut: ${reason}`));
    await end(false).catch(() => undefined); // counted as lost by whoever stores it
  };
  const cutLater = (reason: string) => void cut(reason).catch(() => undefined); // as above
  const left = () => cutLater("its client is gone");
  const watchStall = () => {
    stalled();
    stalled = turn.delay(() => cutLater("its client takes nothing"), STALL_MS);
  };

  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    tally.sent(bytes);
    controller?.enqueue(bytes);
  };
  const ask = () => {
    next = source!.batches.next();
    next.catch(() => undefined); // whoever takes the batch meets the error
  };

  const pull = async () => {
    stalled();
    if (!source) {
      source = deps.open();
      ask();
      if (shape.opening !== "") return send(encode(shape.opening));
    }
    const batch = await next!;
    if (++pieces % PIECES_PER_TURN === 0) await new Promise<void>((resolve) => turn.after(resolve));
    if (ended) return;
    if (!batch.done) {
      // First of all: the database reads on while these lines are written.
      ask();
      tally.rows(batch.value);
      return send(shape.write(batch.value.lines));
    }
    const ending = encode(shape.ending(tally.count()));
    tally.sent(ending);
    await end(true);
    if (ending.length > 0) controller?.enqueue(ending);
    controller?.close();
  };

  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (given) => {
      controller = given;
      watchStall();
    },
    pull: async () => {
      try {
        await pull();
        if (!ended) watchStall();
      } catch (error) {
        await end(false).catch(() => undefined); // counted as lost by whoever stores it
        throw error;
      }
    },
    cancel: () => cut("its client is gone"),
  }, { highWaterMark: 0 });
  request.signal?.addEventListener("abort", left);
  if (request.signal?.aborted) left();

  return { bytes, proof: tally.proof, stop: cut };
}

const encode = (text: string) => new TextEncoder().encode(text);

/** What was sent so far. */
function createTally({ id, digest }: ExportRequest) {
  let proof: ExportProof = {
    id,
    state: "running",
    complete: false,
    rows: 0,
    firstSeq: null,
    lastSeq: null,
    bytes: 0,
    sha256: null,
  };
  return {
    proof: () => proof,
    count: () => proof.rows,
    sent: (bytes: Uint8Array) => {
      digest.update(bytes);
      proof = { ...proof, bytes: proof.bytes + bytes.length };
    },
    rows: ({ rows, first, last }: Batch) => {
      proof = { ...proof, rows: proof.rows + rows, firstSeq: proof.firstSeq ?? first, lastSeq: last };
    },
    /** The last word; the digest can be asked once. */
    close: (complete: boolean) => {
      const sha256 = complete ? digest.digest("hex") : null;
      return proof = { ...proof, complete, state: complete ? "complete" : "broken", sha256 };
    },
  };
}
