import { join } from "node:path";
import { createApiClient } from "../runtime/api_client.ts";
import { readLines } from "../runtime/line_reader.ts";
import { OFF_THE_NETWORK } from "../support/process.ts";
import { ROOT } from "../runtime/runtimes.ts";
import { eventually, within } from "../runtime/waiting.ts";

/** How a demo is started: the words before its own flags. */
export interface DemoStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the demo as its task does, on free ports and with its data in `dir`; nothing is looked for on the network. */
export const startDemo = async (dir: string, ...flags: readonly string[]) =>
  await runDemo(await fromSource(dir, OFF_THE_NETWORK), ["--data-dir", join(dir, "demo"), ...flags]);

/** The same, in an environment of the person's own. */
export const startDemoWith = async (dir: string, env: Readonly<Record<string, string>>) =>
  await runDemo(await fromSource(dir, { ...OFF_THE_NETWORK, ...env }), ["--data-dir", join(dir, "demo")]);

/** The same, where what is on this machine's own network is found. */
export const startFindingDemo = async (dir: string) =>
  await runDemo(await fromSource(dir, { LUMENLOG_DISCOVERY: "on" }), ["--data-dir", join(dir, "demo")]);

async function fromSource(dir: string, env: Readonly<Record<string, string>>): Promise<DemoStart> {
  const project: { tasks: { demo: { command: string } } } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  const words = project.tasks.demo.command.split(" && ").at(-1)!.split(" ").slice(1); // the build comes before it
  const args = words.map((word) => word.startsWith("--allow-write=") ? `--allow-write=${dir}` : word)
    .map((word) => word.startsWith("--allow-read=") ? `${word},${dir}` : word);
  return { program: Deno.execPath(), args, cwd: ROOT, env };
}

/** Starts a demo on free ports, in a group of processes of its own, as a terminal does; resolves once it greets. */
export async function runDemo({ program, args, cwd, env }: DemoStart, flags: readonly string[]) {
  const child = new Deno.Command(program, {
    args: [...args, "--port", "0", "--lights-port", "0", "--check-seconds", "1", ...flags],
    cwd,
    env: { ...env, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  const stdout = readLines(child.stdout);
  const stderr = readLines(child.stderr);
  const writer = child.stdin.getWriter();
  let over = false;
  void Promise.all([child.status, stdout.ended, stderr.ended]).then(() => over = true);
  const shown = (pattern: RegExp) =>
    eventually(`the demo to show ${pattern}`, () => {
      const found = pattern.exec(stdout.text())?.[0];
      return found === undefined && over ? Promise.reject(new Error("The demo has ended")) : Promise.resolve(found);
    }, 60_000).catch((error: unknown) => {
      throw new Error(`${error}; it said: ${stdout.text()}${stderr.text()}`);
    });
  const url = (await shown(/http:\/\/127\.0\.0\.1:\d+(?=\/\n)/)).trim();
  await shown(/quit +stop everything/);
  return {
    url,
    api: createApiClient(url),
    text: stdout.text,
    shown,
    type: (line: string) => writer.write(new TextEncoder().encode(`${line}\n`)),
    signal: (signal: Deno.Signal) => child.kill(signal),
    /** Ctrl+C reaches every process of the terminal's group. */
    ctrlC: async () => {
      const { success } = await new Deno.Command("kill", { args: ["-INT", "--", `-${child.pid}`] }).output();
      if (!success) throw new Error("Cannot signal the demo");
    },
    ended: async () => {
      const { code } = await within("the demo to end", child.status);
      await Promise.all([stdout.ended, stderr.ended]);
      await writer.close().catch(() => {}); // it has ended: its input is gone already
      return { code, stderr: stderr.text() };
    },
  };
}
