import { type Config, readConfig } from "../config.ts";
import type { RestartWay } from "../base/server_control.ts";
import { hasUpdateMarker, loadUpdateMarker } from "../runtime/restart_marker.ts";
import { VERSION } from "../version.ts";
import type { Edge } from "./edge.ts";
import { EXIT } from "./exit.ts";
import { runParent } from "./parent.ts";
import { PARENT, type Part, partOf } from "./supervision.ts";

/** Brings the program itself, which is far bigger than what a parent process needs. */
export type LoadProgram = () => Promise<(edge: Edge, restarts: RestartWay) => Promise<number>>;

/** How every process of the program begins. Resolves with its exit code. */
export async function launch(edge: Edge, load: LoadProgram): Promise<number> {
  const run = async (restarts: RestartWay) => await (await load())(edge, restarts);
  const config = configToServe(edge);
  if (config === undefined) return await run("in_process");
  return await PARTS[partOf(edge, config.supervised)](edge, config, run);
}

type Play = (edge: Edge, config: Config, run: (restarts: RestartWay) => Promise<number>) => Promise<number>;

const PARTS: Readonly<Record<Part, Play>> = {
  alone: (_edge, _config, run) => run("in_process"),
  supervised: async (_edge, { dataDir }, run) => {
    // Before anything of a new version that may fail: whoever starts it again knows nothing of updates.
    const counted = hasUpdateMarker(dataDir) ? (await loadUpdateMarker()).noteStart(dataDir, VERSION) : "go_on";
    return counted === "rolled_back" ? EXIT.restart : await run("supervisor");
  },
  child: (edge, _config, run) => {
    // What the terminal sends, the parent gets too: it says what is to be done, also by its end.
    for (const signal of ["SIGINT", "SIGHUP"] as const) edge.onSignal(signal, () => {});
    return run("parent");
  },
  orphan: (edge) => {
    edge.writeError(`lumenlog: Cannot serve: the process that ${PARENT} names did not start this one, or is gone\n`);
    return Promise.resolve(EXIT.failure);
  },
  parent: (edge, { dataDir }, run) => {
    const { startSelf, args, pid } = edge;
    if (startSelf === null) return run("in_process");
    const env = { ...definedIn(edge.env), [PARENT]: String(pid) };
    let first = true;
    return runParent({
      start: () => {
        first = false;
        return startSelf({ args, env });
      },
      onSignal: edge.onSignal,
      writeError: edge.writeError,
      unproven: async () => {
        if (!hasUpdateMarker(dataDir)) return undefined;
        const { unprovenUpdate, restoreOld } = await loadUpdateMarker();
        const marker = unprovenUpdate(dataDir);
        // An exchange that was cut before it was done left another program here: this one has nothing to prove.
        if (first && marker?.to !== VERSION) return undefined;
        return marker && { version: marker.to, restore: () => restoreOld(dataDir, marker) };
      },
    });
  },
};

const definedIn = (env: Edge["env"]): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]));

const ASKS: readonly string[] = ["--help", "-h", "--version", "-v"];

/** The settings, when this is about serving and they are right; what is wrong the program itself tells. */
function configToServe({ args, env, readText }: Edge): Config | undefined {
  const named = args[0] === "serve";
  if (!named && args[0] !== undefined && !args[0].startsWith("-")) return undefined;
  const flags = named ? args.slice(1) : args;
  if (flags.some((flag) => ASKS.includes(flag))) return undefined;
  const read = readConfig({ args: flags, env, readFile: readText });
  return read.ok ? read.config : undefined;
}
