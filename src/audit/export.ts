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
  /** Cuts what runs for an actor whose right has ended, and waits until that is on record. */
  cut(actor: string): Promise<void>;
  /** Cuts what is running and waits until that is on record. */
  stop(): Promise<void>;
}

/** Running at once: of everybody, and of one actor, so that nobody keeps the others from theirs. */
export const MOST_EXPORTS = { all: 8, actor: 4 } as const;

export function createExports(deps: {
  readonly sql: Sql;
  readonly kinds: Kinds;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly turn: Turn;
}): Exports {
  const { sql, kinds, recorder, clock, turn } = deps;
  const log = bindActions(recorder, logActions);
  const running = new Map<string, { readonly run: ExportRun; readonly actor: string }>();
  /** Names of those whose exports have begun, one for each. */
  let begun: readonly string[] = [];

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
      const own = begun.filter((actor) => actor === request.actor).length;
      if (begun.length >= MOST_EXPORTS.all || own >= MOST_EXPORTS.actor) return undefined;
      begun = [...begun, request.actor];
      const forget = () => {
        begun = begun.toSpliced(begun.indexOf(request.actor), 1);
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
        running.set(request.id, { run, actor: request.actor });
        return run.bytes;
      } catch (error) {
        forget();
        throw error;
      }
    },
    proof: async (id) => {
      const known = running.get(id);
      if (known) return known.run.proof();
      const row = await findExport(sql, id);
      return row && { ...row, state: row.complete ? "complete" : "broken" };
    },
    cut: async (actor) => {
      const own = [...running.values()].filter((known) => known.actor === actor);
      await Promise.all(own.map(({ run }) => run.stop("its key was revoked")));
    },
    stop: async () => {
      await Promise.all([...running.values()].map(({ run }) => run.stop("the server stops")));
    },
  };
}
