import type { RunAdb } from "../adb/program.ts";
import { runProgram } from "./run_program.ts";

/** adb itself gives up after ten seconds. */
const TIMEOUT_MS = 12_000;
const MOST_BYTES = 65_536;
/** Where adb is, where its key is, and which server of its it shall use; nothing else of this process's environment. */
const ENVIRONMENT = ["PATH", "HOME", "ANDROID_ADB_SERVER_PORT", "TMPDIR"];

type Environment = Readonly<Record<string, string | undefined>>;

/** The `adb` on the PATH of the given environment. */
export function createRunAdb(environment: Environment): RunAdb {
  const env = Object.fromEntries(
    ENVIRONMENT.flatMap((name) => environment[name] === undefined ? [] : [[name, environment[name]] as const]),
  );
  return (args, signal) =>
    runProgram({ command: "adb", args, env, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, signal });
}

/** Where the server listens that this adb uses, if the environment says so. */
export function adbServerPort({ ANDROID_ADB_SERVER_PORT: port }: Environment): number | undefined {
  return port !== undefined && /^[1-9]\d{0,4}$/.test(port) ? Number(port) : undefined;
}
