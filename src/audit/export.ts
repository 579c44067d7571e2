import { exportBatches } from "./export_batches.ts";
import { shapeOf } from "./export_formats.ts";
import { createExportRun, type ExportProof, type ExportRequest, type ExportRun } from "./export_run.ts";
import { findExport, insertExport } from "./export_sql.ts";
import type { Kinds } from "./kinds.ts";
import { logActions } from "./actions.ts";
import { bindActions } from "./catalogue.ts";
import { planFor } from "./plan.ts";
import type { Clock, Sql, Turn } from "./ports.ts";
import type { Recorder } from "./recorder_types.ts";

export interface Exports {
  /**
   * Begins an export: the file's bytes, read as fast as they are taken. What is stored later is not in it. How it ended
   * is on record before its last byte is sent. Undefined when too many are running.
   */
  start(request: ExportRequest): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | undefined>;
  /** What an export was, or is so far; undefined when there is none of this id. */
  proof(id: string): Promise<ExportProof | undefined>;
  /** Cuts what is running and waits until that is on record. */
  stop(): Promise<void>;
}

export const MOST_EXPORTS = 4;

export function createExports(deps: {
  readonly sql: Sql;
  readonly kinds: Kinds;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly turn: Turn;
}): Exports {
  const { sql, kinds, recorder, clock, turn } = deps;
  const log = bindActions(recorder, logActions);
  const running = new Map<string, ExportRun>();
  let begun = 0;

  /** Puts on record how an export ended. Rejects when that cannot be stored; then it counts as lost. */
  const settle = async ({ actor, format }: ExportRequest, proof: ExportProof) => {
    const { complete, rows, firstSeq, lastSeq, sha256 } = proof;
    const metadata = {
      format,
      rows,
      complete,
      ...(firstSeq === null || lastSeq === null ? {} : { first_seq: firstSeq, last_seq: lastSeq }),
      ...(sha256 === null ? {} : { sha256 }),
    };
    try {
      await recorder.change(async (tx) => {
        await insertExport(tx, { ...proof, format }, new Date(clock.now()).toISOString());
        log.recordIn(tx, "activity_log.exported", { actor, metadata });
      });
    } catch (error) {
      log.record("activity_log.exported", { actor, metadata: { format, rows, complete: false } });
      throw error;
    }
  };

  return {
    start: async (request) => {
      if (begun >= MOST_EXPORTS) return undefined;
      begun++;
      const forget = () => {
        begun--;
        running.delete(request.id);
      };
      try {
        const plan = await planFor(sql, kinds, request.filter);
        const shape = shapeOf(request.format, request.guard);
        const run = createExportRun({
          request,
          shape,
          open: () => {
            const reader = sql.openReader();
            return { batches: exportBatches(reader, plan, request.filter, shape), close: reader.close };
          },
          settle: (proof) => settle(request, proof).finally(forget),
          turn,
        });
        running.set(request.id, run);
        return run.bytes;
      } catch (error) {
        forget();
        throw error;
      }
    },
    proof: async (id) => {
      const run = running.get(id);
      if (run) return run.proof();
      const row = await findExport(sql, id);
      return row && { ...row, state: row.complete ? "complete" : "broken" };
    },
    stop: async () => {
      await Promise.all([...running.values()].map((run) => run.stop()));
    },
  };
}
