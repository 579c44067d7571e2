import { fileURLToPath } from "node:url";

export interface DemoServer {
  readonly url: string;
  /** Resolves when it has ended, with its exit code. */
  readonly ended: Promise<number>;
  /** Asks it to stop and waits. */
  stop(): Promise<number>;
}

export interface DemoServerOptions {
  readonly dataDir: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Seconds between two looks at a light. */
  readonly checkSeconds: number;
}

/**
 * The least that the server needs here: nothing beyond this machine, and no data but the demo's own. The group of mDNS is on
 * loopback here.
 */
const permissions = (dataDir: string) => [
  "--allow-net=127.0.0.1,0.0.0.0:5353,224.0.0.251:5353",
  "--allow-env",
  "--allow-sys=cpus,hostname,networkInterfaces",
  "--allow-ffi=node_modules",
  `--allow-read=.,${dataDir}`,
  `--allow-write=${dataDir}`,
];

/** Runs the real server as a process of its own; rejects when it does not come up. */
export async function startServer({ dataDir, port, checkSeconds }: DemoServerOptions): Promise<DemoServer> {
  const settings = ["--data-dir", dataDir, "--port", String(port), "--device-check-seconds", String(checkSeconds)]
    .concat("--mdns-interface", "127.0.0.1");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions(dataDir), "src/main_deno.ts", ...settings, "--log-level", "warning"],
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    // Ctrl+C in the terminal is for the demo, which then stops the server in order.
    detached: true,
  }).spawn();
  const ended = child.status.then(({ code }) => code);
  const url = await listeningAt(child.stdout);
  if (url === undefined) throw new Error(`The server ended with code ${await ended} before it listened`);
  return {
    url,
    ended,
    stop: () => {
      try {
        child.kill("SIGTERM");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended already
      }
      return ended;
    },
  };
}

/** The address in the one line that the server prints; undefined when it ends without it. */
async function listeningAt(stdout: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdout) {
    text += decoder.decode(chunk, { stream: true });
    const url = /^lumenlog listening on (\S+)\n/m.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  return undefined;
}
