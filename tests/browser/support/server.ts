import { RUNTIMES } from "../../runtime/runtimes.ts";
import { type Processes, type ServerProcess, type StartOptions, withProcesses } from "../../support/process.ts";

/** The server of a test. Wherever it is started again, it has the same address and the same data. */
export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  pid(): number;
  stderr(): string;
  /** SIGTERM lets it end in order, SIGKILL is a power cut. Resolves when it is gone. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** After a stop. */
  start(): Promise<void>;
}

export type ServerOptions = Pick<StartOptions, "args" | "env" | "runtime">;

/** Starts the server with a data directory of its own, and ends it after the work. */
export async function withServer(options: ServerOptions, work: (server: TestServer) => Promise<void>): Promise<void> {
  await withProcesses(RUNTIMES.find(({ name }) => name === "Deno")!, async (processes) => {
    await work(await startServer(processes, options));
  });
}

async function startServer(processes: Processes, { args = [], ...more }: ServerOptions): Promise<TestServer> {
  const startAt = (port: string) => processes.start({ args: ["--port", port, ...args], ...more });
  let server: ServerProcess = await startAt("0");
  const { url, dataDir } = server;
  return {
    url,
    dataDir,
    pid: () => server.pid,
    stderr: () => server.stderr(),
    stop: async (signal = "SIGTERM") => void await server.kill(signal),
    start: async () => {
      server = await startAt(new URL(url).port);
    },
  };
}
