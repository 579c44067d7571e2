import { join } from "node:path";
import { readLines } from "../runtime/line_reader.ts";
import { within } from "../runtime/waiting.ts";
import { ROOT, type Runtime, RUNTIMES } from "../runtime/runtimes.ts";

/** How a process of the program ended, with all that it said. */
export interface Ended {
  /** 128 + the signal's number when a signal ended it. */
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test stops and starts by itself needs nobody beside it who does. */
export const SUPERVISED = { LUMENLOG_SUPERVISED: "yes" } as const;

/** A server with these neither finds devices nor is found. */
export const OFF_THE_NETWORK = { LUMENLOG_DISCOVERY: "off", LUMENLOG_ANNOUNCE: "off" } as const;

/** A server that listens. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  stdout(): string;
  stderr(): string;
  /** Sends the signal and goes on. */
  signal(signal: Deno.Signal): void;
  /** Sends the signal and waits for the end. */
  kill(signal?: Deno.Signal): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  /** Inside the test's folder; default `data`. */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the runtime that the test is for. */
  readonly runtime?: Runtime;
}

/** What a test over real processes works with. All that it started ends with it. */
export interface Processes {
  readonly dir: string;
  readonly runtime: Runtime;
  /** Resolves once the server listens; rejects with what it said when it ends before. */
  start(options?: StartOptions): Promise<ServerProcess>;
  /** Runs the program to its end. */
  run(options: StartOptions): Promise<Ended>;
}

/** Registers the test once for each runtime; where one is not there the name of the test says so. */
export function processTest(sentence: string, work: (processes: Processes) => Promise<void>): void {
  for (const runtime of RUNTIMES) {
    const name = `${sentence} (${runtime.name})`;
    if (runtime.missing) Deno.test.ignore(`${name} [SKIPPED: ${runtime.missing}]`, () => {});
    else Deno.test(name, () => withProcesses(runtime, work));
  }
}

export async function withProcesses(runtime: Runtime, work: (processes: Processes) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "lumenlog-process-" });
  const running = new Set<Child>();
  const spawn = async (options: StartOptions) => {
    const child = await spawnProgram(options.runtime ?? runtime, dir, options);
    running.add(child);
    void child.ended.then(() => running.delete(child));
    return child;
  };
  try {
    await work({
      dir,
      runtime,
      start: (options = {}) => {
        const started = spawn(options).then(listening);
        started.catch(() => {}); // a test that failed meanwhile does not wait for it any more
        return started;
      },
      run: async (options) => await within("the program to end", (await spawn(options)).ended),
    });
  } finally {
    await Promise.all([...running].map((child) => child.kill("SIGKILL")));
    await Deno.remove(dir, { recursive: true });
  }
}

interface Child extends Omit<ServerProcess, "url"> {
  readonly firstLine: Promise<string | undefined>;
}

async function spawnProgram(runtime: Runtime, dir: string, options: StartOptions): Promise<Child> {
  const { program, args, cwd = ROOT, env = {} } = await runtime.command(dir);
  const dataDir = join(dir, options.dataDir ?? "data");
  const child = new Deno.Command(program, {
    args: [...args, ...(options.args ?? ["--port", "0"]), "--data-dir", dataDir],
    cwd,
    clearEnv: true,
    env: { ...cleanEnvironment(), ...env, ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = readLines(child.stdout);
  const stderr = readLines(child.stderr);
  const ended = (async () => {
    const { code, signal } = await child.status;
    await Promise.all([stdout.ended, stderr.ended]);
    return { code, signal, stdout: stdout.text(), stderr: stderr.text() };
  })();
  const kill = async (signal: Deno.Signal = "SIGTERM") => {
    send(child, signal);
    return await ended;
  };
  return {
    pid: child.pid,
    dataDir,
    firstLine: stdout.firstLine,
    stdout: stdout.text,
    stderr: stderr.text,
    signal: (signal) => send(child, signal),
    kill,
    ended,
  };
}

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
}

/** Nothing of the tester's own configuration reaches the server, and nothing of the network around unless a test asks. */
function cleanEnvironment(): Record<string, string> {
  const entries = Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("LUMENLOG_"));
  return { ...Object.fromEntries(entries), ...OFF_THE_NETWORK, ...SUPERVISED, NO_COLOR: "1" };
}

async function listening({ firstLine, ...child }: Child): Promise<ServerProcess> {
  const line = await firstLine;
  const url = /^lumenlog listening on (https?:\/\/\S+)$/.exec(line ?? "")?.[1];
  if (url !== undefined) return { ...child, url };
  const { code, stdout, stderr } = await child.kill("SIGKILL");
  throw new Error(`The server does not start (exit code ${code}): ${stdout}${stderr}`);
}
