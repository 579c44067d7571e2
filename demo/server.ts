import { type ServerOptions, type ServerProcess, startProcess } from "./server_process.ts";

export interface DemoServer {
  readonly url: string;
  /** Resolves when it has ended and is not to be started again, with its exit code; rejects when it cannot be started again. */
  readonly ended: Promise<number>;
  /** Asks it to stop in order, and waits; resolves with its exit code. */
  stop(): Promise<number>;
}

/** With this exit code the server asks to be started again. */
const AGAIN = 75;
/** One that ends again and again before it listens never will. */
const MOST_STARTS = 3;

/** Runs the real server, and starts it again whenever it asks for that. Rejects when it does not come up. */
export async function startServer(options: ServerOptions, say: (text: string) => void): Promise<DemoServer> {
  let process: ServerProcess | undefined;
  let stopping = false;

  async function listen(port: number): Promise<string> {
    for (let start = 1;; start++) {
      process = startProcess({ ...options, port });
      const url = await process.url;
      if (url !== undefined) return url;
      const code = await process.ended;
      if (stopping || code !== AGAIN || start === MOST_STARTS) {
        throw new Error(`The server ended with code ${code} before it listened`);
      }
    }
  }

  async function untilEnded(port: number): Promise<number> {
    for (;;) {
      const code = await process?.ended ?? 0;
      if (stopping) return 0;
      if (code !== AGAIN) return code;
      say("Lumenlog starts again.");
      await listen(port).catch((error: unknown) => {
        if (!stopping) throw error;
      });
    }
  }

  const url = await listen(options.port);
  const ended = untilEnded(Number(new URL(url).port));
  return {
    url,
    ended,
    stop: () => {
      stopping = true;
      process?.stop();
      return ended;
    },
  };
}
