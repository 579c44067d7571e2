import type { Controller } from "../virtual_wled/controller.ts";
import { COMMANDS, obey } from "./commands.ts";
import { forget } from "./forget.ts";
import { startLights } from "./lights.ts";
import { type DemoOptions, HELP, readOptions } from "./options.ts";
import { freeOr0 } from "./ports.ts";
import { seed } from "./seed.ts";
import { startServer } from "./server.ts";

const CHECK_SECONDS = 5;
const USUAL_PORT = 8420;

const say = (text: string) => console.log(text);

const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error);

/** What a light shows now, as one line. */
function describe(controller: Controller, name: string): string {
  const { on, bri } = controller.state();
  const [red = 0, green = 0, blue = 0] = controller.pixels();
  const swatch = Deno.noColor || !Deno.stdout.isTerminal() ? "" : `\x1b[38;2;${red};${green};${blue}m██████\x1b[0m  `;
  return `  ${swatch}${name}: ${on ? `on, ${Math.round(bri / 2.55)} %` : "off"}`;
}

async function readLines(onLine: (line: string) => Promise<void>): Promise<void> {
  let rest = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) await onLine(line);
  }
}

async function run({ port = freeOr0(USUAL_PORT), lightsPort, dataDir }: DemoOptions): Promise<number> {
  let talk = false;
  const lights = await startLights(lightsPort, (controller, name) => talk && say(describe(controller, name)));
  try {
    const server = await startServer({ dataDir, port, checkSeconds: CHECK_SECONDS });
    try {
      const remarks = await seed(server.url, new Map([...lights].map(([name, { url }]) => [name, url])));
      say(`
Lumenlog with three make-believe lights. Everything stays on this machine.

  Open        ${server.url}/

  The lights have pages of their own, as their maker's app would show them:
${[...lights].map(([name, { url }], index) => `  ${index + 1} ${name.padEnd(9)} ${url}/`).join("\n")}

  Type here, and Enter:
${COMMANDS}
`);
      for (const remark of remarks) say(`  ${remark}`);
      talk = true;
      const asked = Promise.withResolvers<void>();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        Deno.addSignalListener(signal, () => asked.resolve());
      }
      const typed = readLines(async (line) => {
        const { text, quit } = await obey(line, lights);
        if (text !== "") say(text);
        if (quit) asked.resolve();
      });
      typed.catch((error: unknown) => say(`Cannot read what is typed: ${reasonOf(error)}`));
      return await Promise.race([asked.promise.then(() => 0), server.ended]);
    } finally {
      talk = false;
      await server.stop();
    }
  } finally {
    await Promise.all([...lights.values()].map((light) => light.close()));
  }
}

async function main(): Promise<number> {
  const read = readOptions(Deno.args);
  if (!read.ok) {
    console.error(`demo: ${read.problem}`);
    return 2;
  }
  const { options } = read;
  if (options.help) {
    say(HELP);
    return 0;
  }
  try {
    if (options.fresh) forget(options.dataDir);
    return await run(options);
  } catch (error) {
    console.error(`demo: ${reasonOf(error)}`);
    return 1;
  }
}

Deno.exit(await main());
