import { KeyConfigurationError } from "../auth/declared_keys.ts";
import type { RestartWay } from "../base/server_control.ts";
import { readConfig } from "../config.ts";
import { VERSION } from "../version.ts";
import { parseArguments } from "./arguments.ts";
import { manageBackups } from "./backup.ts";
import { completionText } from "./completion.ts";
import type { BackupCommand, Command } from "./commands.ts";
import type { Edge } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import { runExport } from "./export.ts";
import { helpText } from "./help.ts";
import { manageKeys } from "./keys.ts";
import { serve } from "./serve.ts";

/** The program, and for one that serves what starts it again: does what the command line says and resolves with the exit code. */
export async function runProgram(edge: Edge, restarts: RestartWay): Promise<number> {
  try {
    return await runCommand(edge, restarts);
  } catch (error) {
    if (error instanceof Failure) return refuse(edge, error.code, [error.message]);
    if (error instanceof KeyConfigurationError) return refuse(edge, EXIT.usage, [error.message]);
    return refuse(edge, EXIT.failure, [error instanceof Error ? error.stack ?? error.message : String(error)]);
  }
}

async function runCommand(edge: Edge, restarts: RestartWay): Promise<number> {
  const parsed = parseArguments(edge.args);
  if (!parsed.ok) return refuse(edge, EXIT.usage, parsed.problems);
  const { command, configArgs } = parsed;
  if (command.name === "help") {
    edge.write(helpText(command.topic));
    return EXIT.asked;
  }
  if (command.name === "completion") {
    edge.write(completionText(command.shell));
    return EXIT.asked;
  }
  if (command.name === "version") {
    edge.write(`lumenlog ${VERSION}\n`);
    return EXIT.asked;
  }
  const read = readConfig({ args: configArgs, env: edge.env, readFile: edge.readText });
  if (!read.ok) return refuse(edge, EXIT.usage, read.problems.map(({ message }) => message));
  if (command.name === "serve") return await serve(edge, read.config, restarts);
  if (command.name === "export") return await runExport(edge, read.config, command);
  if (isBackup(command)) return await manageBackups(edge, read.config, command);
  return await manageKeys(edge, read.config, command);
}

const isBackup = (command: Command): command is BackupCommand => command.name.startsWith("backup ");

function refuse(edge: Edge, code: number, problems: readonly string[]): number {
  for (const problem of problems) edge.writeError(`lumenlog: ${problem}\n`);
  return code;
}
