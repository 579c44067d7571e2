import { reasonOf } from "../base/errors.ts";
import type { Config } from "../config.ts";
import { findRunningServer } from "../runtime/data_dir.ts";
import { openOutputFile } from "../runtime/output_file.ts";
import { systemPorts } from "../runtime/ports.ts";
import type { ExportCommand } from "./commands.ts";
import type { Edge } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import { exportFromDatabase } from "./export_from_database.ts";
import { exportOverApi } from "./export_over_api.ts";
import { createExportProgress } from "./export_progress.ts";
import type { ExportSource, OpenExport } from "./export_source.ts";
import { createExportTally } from "./export_tally.ts";
import { stopSignal } from "./stop_signal.ts";

/** Exports through the server that runs on the data directory, or from the database itself. */
export async function runExport(edge: Edge, config: Config, command: ExportCommand): Promise<number> {
  const signal = stopSignal(edge);
  const url = command.server.url ?? findRunningServer(config.dataDir)?.url ?? null;
  const token = command.server.token ?? edge.env["LUMENLOG_TOKEN"] ?? null;
  // Where the file itself goes to the terminal, nothing is drawn into it.
  const counted = edge.columnsOf("error") !== null && (command.output !== null || edge.columnsOf("output") === null);
  const asked = { counted, signal };
  const target = await openTarget(edge, command);
  const work = (source: ExportSource) => transfer(edge, command, source, target, asked);
  try {
    const code = url === null
      ? await exportFromDatabase(config, command, asked, work)
      : await work(await exportOverApi(url, token, command, asked));
    await (code === EXIT.asked ? target.finish() : target.discard());
    return code !== EXIT.asked && signal.aborted ? stoppedBySignal(edge) : code;
  } catch (error) {
    await target.discard();
    if (signal.aborted) return stoppedBySignal(edge);
    throw error;
  }
}

function stoppedBySignal(edge: Edge): number {
  edge.writeError("lumenlog: The export was stopped\n");
  return EXIT.failure;
}

/** Where the bytes go. `write` is false when nobody takes them any more. */
interface Target {
  write(bytes: Uint8Array): Promise<boolean>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

const NOTHING_TO_DO = () => Promise.resolve();

async function openTarget(edge: Edge, { output }: ExportCommand): Promise<Target> {
  const cannotWrite = (error: unknown): never => {
    throw new Failure(EXIT.failure, `Cannot write ${output ?? "to standard output"}: ${reasonOf(error)}`);
  };
  if (output === null) {
    const write = (bytes: Uint8Array) => edge.writeBytes(bytes).catch(cannotWrite);
    return { write, finish: NOTHING_TO_DO, discard: NOTHING_TO_DO };
  }
  const file = await openOutputFile(output).catch(cannotWrite);
  return {
    write: (bytes) => file.write(bytes).then(() => true, cannotWrite),
    finish: () => file.finish().catch(cannotWrite),
    discard: file.discard,
  };
}

/** Hands the bytes on, no faster than they are taken, and holds what has arrived against the proof. */
async function transfer(
  edge: Edge,
  { query: { format } }: ExportCommand,
  source: ExportSource,
  target: Target,
  { counted, signal }: OpenExport,
): Promise<number> {
  const tally = createExportTally(format);
  const columns = () => counted ? edge.columnsOf("error") : null;
  const { now } = systemPorts().clock;
  const progress = createExportProgress({ write: edge.writeError, columns, now, total: source.total });
  const reader = source.bytes.getReader();
  const stopped = new Promise<false>((resolve) => signal.addEventListener("abort", () => resolve(false)));
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new Failure(EXIT.failure, `The export was cut after ${tally.rows()} rows: ${reasonOf(error)}`);
      });
      if (done) break;
      tally.add(value);
      // A reader that has stalled must not hold up the stop.
      if (!await Promise.race([target.write(value), stopped])) return EXIT.failure;
      progress.show(tally.rows());
    }
  } finally {
    progress.end();
    await reader.cancel().catch(() => undefined); // it is over, whichever way
  }
  const lack = tally.lack(await source.proof());
  if (lack !== undefined) throw new Failure(EXIT.failure, `Cannot trust the exported file: ${lack}`);
  if (counted) edge.writeError(`Exported ${tally.rows()} rows, ${tally.bytes()} bytes.\n`);
  return EXIT.asked;
}
