import { fileURLToPath } from "node:url";

export interface ServerProcess {
  /** The address where it listens; undefined when it ended before it did. */
  readonly url: Promise<string | undefined>;
  /** Resolves when it has ended, with its exit code. */
  readonly ended: Promise<number>;
  /** Asks it to stop in order; nothing happens when it has ended. */
  stop(): void;
}

export interface ServerOptions {
  /** An absolute path. */
  readonly dataDir: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Seconds between two looks at a light. */
  readonly checkSeconds: number;
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** Read once, as the file may be replaced while it runs. */
const startOfOneFile = (): Start => ({ command: Deno.execPath(), args: ["serve"] });

/**
 * From its source, the least that the server needs here: nothing beyond this machine, and no data but the demo's own. The
 * group of mDNS is on loopback here.
 */
const startFromSource = (dataDir: string): Start => ({
  command: Deno.execPath(),
  args: [
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1,0.0.0.0:5353,224.0.0.251:5353",
    "--allow-env",
    "--allow-sys=cpus,hostname,networkInterfaces,statfs",
    "--allow-ffi=node_modules",
    `--allow-read=.,${dataDir}`,
    `--allow-write=${dataDir}`,
    "src/main_deno.ts",
    "serve",
  ],
  cwd: fileURLToPath(new URL("..", import.meta.url)),
});

/** Settings that are for somebody's real server, such as its database, are not for the demo's; but whether it may look around is. */
const PASSED_ON = ["LUMENLOG_DISCOVERY", "LUMENLOG_ANNOUNCE"];

function environment(): Record<string, string> {
  const all = Object.entries(Deno.env.toObject());
  return {
    ...Object.fromEntries(all.filter(([name]) => !name.startsWith("LUMENLOG_") || PASSED_ON.includes(name))),
    // It then takes orders on its standard input, stops when that ends, and leaves it to this process to start it again.
    LUMENLOG_PARENT: String(Deno.pid),
  };
}

/** Runs the real server as a process of its own. */
export function startProcess({ dataDir, port, checkSeconds }: ServerOptions): ServerProcess {
  const { command, args, cwd } = Deno.build.standalone ? startOfOneFile() : startFromSource(dataDir);
  const settings = ["--host", "127.0.0.1", "--port", String(port), "--data-dir", dataDir]
    .concat("--device-check-seconds", String(checkSeconds), "--mdns-interface", "127.0.0.1", "--log-level", "warning");
  const child = new Deno.Command(command, {
    args: [...args, ...settings],
    ...(cwd === undefined ? {} : { cwd }),
    clearEnv: true,
    env: environment(),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
    // Ctrl+C in the terminal is for this process, which then stops the server in order.
    detached: true,
  }).spawn();
  const orders = child.stdin.getWriter();
  orders.closed.catch(() => {}); // it has ended, which is told by its end
  return {
    url: listeningAt(child.stdout),
    ended: child.status.then(({ code }) => code),
    stop: () => void orders.write(new TextEncoder().encode("stop\n")).catch(() => {}), // the same
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
