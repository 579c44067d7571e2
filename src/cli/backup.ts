import { reasonOf } from "../base/errors.ts";
import type { Config } from "../config.ts";
import { findRunningServer } from "../runtime/data_dir.ts";
import { openOutputFile } from "../runtime/output_file.ts";
import type { BackupAccess, ShownBackup } from "./backup_access.ts";
import { withDatabaseBackups } from "./backup_from_database.ts";
import { remoteBackups } from "./backup_over_api.ts";
import type { BackupCommand } from "./commands.ts";
import type { Edge } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import { stopSignal } from "./stop_signal.ts";

/** Makes, lists, fetches and restores backups: through the server that runs on the data directory, or without one. */
export async function manageBackups(edge: Edge, config: Config, command: BackupCommand): Promise<number> {
  const signal = stopSignal(edge);
  const url = command.server.url ?? findRunningServer(config.dataDir)?.url ?? null;
  const token = command.server.token ?? edge.env["LUMENLOG_TOKEN"] ?? null;
  const work = (backups: BackupAccess) => perform(edge, command, backups);
  return url === null
    ? await withDatabaseBackups(edge, config, signal, work)
    : await work(remoteBackups(url, token, signal));
}

async function perform(edge: Edge, command: BackupCommand, backups: BackupAccess): Promise<number> {
  if (command.name === "backup create") {
    edge.write(`${(await backups.create()).filename}\n`);
  } else if (command.name === "backup list") {
    edge.write((await backups.list()).map(line).join(""));
  } else if (command.name === "backup download") {
    await download(edge, command, backups);
  } else {
    const { from_seq, carried, safety_copy } = await backups.restore(command.filename, command.keys);
    edge.writeError(
      `Restored from ${command.filename}: as it was at entry ${from_seq}; ${carried} newer entries stayed in the log.\n` +
        `What was there before is kept as ${safety_copy}.\n`,
    );
  }
  return EXIT.asked;
}

const line = ({ filename, kind, size, created_at }: ShownBackup) => `${filename}\t${kind}\t${size}\t${created_at}\n`;

type Download = Extract<BackupCommand, { name: "backup download" }>;

async function download(edge: Edge, { filename, output }: Download, backups: BackupAccess): Promise<void> {
  if (output === null && edge.columnsOf("output") !== null) {
    throw new Failure(EXIT.usage, "Cannot write a backup to the terminal: name a file with --output");
  }
  const bytes = await backups.download(filename);
  const cut = (error: unknown): never => {
    throw new Failure(EXIT.failure, `The download of ${filename} was cut: ${reasonOf(error)}`);
  };
  if (output === null) {
    for await (const piece of bytes) if (!await edge.writeBytes(piece)) cut("nobody reads it any more");
    return;
  }
  const cannotWrite = (error: unknown): never => {
    throw new Failure(EXIT.failure, `Cannot write ${output}: ${reasonOf(error)}`);
  };
  const file = await openOutputFile(output).catch(cannotWrite);
  try {
    const reader = bytes.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(cut);
      if (done) break;
      await file.write(value).catch(cannotWrite);
    }
    await file.finish().catch(cannotWrite);
  } catch (error) {
    await file.discard();
    await bytes.cancel().catch(() => undefined); // it is over, whichever way
    throw error;
  }
}
