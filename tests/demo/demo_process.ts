import { join } from "node:path";
import { createApiClient } from "../runtime/api_client.ts";
import { readLines } from "../runtime/line_reader.ts";
import { OFF_THE_NETWORK } from "../support/process.ts";
import { ROOT } from "../runtime/runtimes.ts";
import { eventually, within } from "../runtime/waiting.ts";

/** Runs the demo as its task does, on free ports and with its data in `dir`; nothing is looked for on the network. */
export const startDemo = (dir: string, ...flags: readonly string[]) => startWith(OFF_THE_NETWORK, dir, flags);

/** The same, where what is on this machine's own network is found. */
export const startFindingDemo = (dir: string) => startWith({ LUMENLOG_DISCOVERY: "on" }, dir, []);

async function startWith(env: Readonly<Record<string, string>>, dir: string, flags: readonly string[]) {
  const project: { tasks: { demo: { command: string } } } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  const words = project.tasks.demo.command.split(" && ").at(-1)!.split(" ").slice(1); // the build comes before it
  const args = words.map((word) => word.startsWith("--allow-write=") ? `--allow-write=${dir}` : word)
    .map((word) => word.startsWith("--allow-read=") ? `${word},${dir}` : word);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args, "--port", "0", "--lights-port", "0", "--check-seconds", "1", "--data-dir", join(dir, "demo")]
      .concat(flags),
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = readLines(child.stdout);
  const stderr = readLines(child.stderr);
  const writer = child.stdin.getWriter();
  const shown = (pattern: RegExp) =>
    eventually(`the demo to show ${pattern}`, () => {
      const found = pattern.exec(stdout.text())?.[0];
      return Promise.resolve(found);
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
    ended: async () => {
      const { code } = await within("the demo to end", child.status);
      await Promise.all([stdout.ended, stderr.ended]);
      await writer.close().catch(() => {}); // it has ended: its input is gone already
      return { code, stderr: stderr.text() };
    },
  };
}
