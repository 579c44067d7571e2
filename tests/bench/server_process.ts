import { existsSync } from "node:fs";
import { join } from "node:path";
import { programRoot } from "../../src/runtime/program_files.ts";
import { OFF_THE_NETWORK } from "../support/process.ts";
import { type Child, openChild } from "./child.ts";

export interface ServerProcess {
  readonly url: URL;
  readonly child: Child;
}

const PROGRAM = "src/main_deno.ts";

export const canStart = () => existsSync(join(programRoot(), PROGRAM));

/** Starts the program as its start task does, on a free port of loopback, and waits for the line with its address. */
export async function startServer(
  dataDir: string,
  more: { readonly flags?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ServerProcess> {
  const flags = [...taskFlags(dataDir), ...more.flags ?? []];
  return await listening(openChild(
    Deno.execPath(),
    [...flags, join(programRoot(), PROGRAM), "--port", "0", "--data-dir", dataDir],
    { LUMENLOG_LOG_LEVEL: "error", ...OFF_THE_NETWORK, ...more.env },
  ));
}

/** Waits for a process to print where it listens. */
export async function listening(child: Child): Promise<ServerProcess> {
  for (;;) {
    const address = /listening on (http:\S+)/.exec(await child.nextLine())?.[1];
    if (address !== undefined) return { url: new URL(address), child };
  }
}

/** `run` and the permissions of the start task, which are for its own data directory: here for another one. */
function taskFlags(dataDir: string): readonly string[] {
  // The project's own file, whose shape the tests hold.
  const config = JSON.parse(Deno.readTextFileSync(join(programRoot(), "deno.json"))) as {
    readonly tasks: Readonly<Record<string, { readonly command: string }>>;
  };
  const words = config.tasks["start"]!.command.split(" ");
  const end = words.indexOf(PROGRAM);
  return words.slice(words.lastIndexOf("run", end), end).map((word) => {
    if (word.startsWith("--allow-write=")) return `--allow-write=${dataDir}`;
    return word.startsWith("--allow-read=") ? `--allow-read=${programRoot()},${dataDir}` : word;
  });
}
