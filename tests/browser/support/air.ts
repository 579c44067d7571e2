import { fileURLToPath } from "node:url";
import { readLines } from "../../runtime/line_reader.ts";
import { ROOT } from "../../runtime/runtimes.ts";
import { eventually, within } from "../../runtime/waiting.ts";

/** Controllers that make themselves known on this machine's own network. */
export interface Air {
  /** Each is plugged in, or said goodbye where it is already. Resolves once all have spoken. */
  toggle(...names: readonly string[]): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("./announced_controllers.ts", import.meta.url));

/** Nothing of the machine's real network is asked or told. */
export const DISCOVERY = {
  LUMENLOG_DISCOVERY: "on",
  LUMENLOG_ANNOUNCE: "off",
  LUMENLOG_MDNS_INTERFACE: "127.0.0.1",
} as const;

export async function withAir(work: (air: Air) => Promise<void>): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net", "--allow-env", "--allow-sys", "--allow-read", PROGRAM],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const said = readLines(child.stdout);
  const input = child.stdin.getWriter();
  let told = 0;
  const toggle = async (...names: readonly string[]) => {
    for (const name of names) await input.write(new TextEncoder().encode(`${JSON.stringify(name)}\n`));
    told += names.length;
    const wanted = told;
    await eventually("the controllers", () => Promise.resolve(said.text().split("\n").length > wanted || undefined));
  };
  try {
    await work({ toggle });
  } finally {
    await input.close();
    await within("the controllers to end", child.status);
    await said.ended;
  }
}
