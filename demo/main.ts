import { obey } from "./commands.ts";
import { claim, forget, refuseRunning } from "./folder.ts";
import { startLights } from "./lights.ts";
import { type DemoOptions, HELP, readOptions } from "./options.ts";
import { freeOr0 } from "./ports.ts";
import { seed } from "./seed.ts";
import { type DemoServer, startServer } from "./server.ts";
import { createNarrator, greeting, type Lights, readTyped } from "./talk.ts";

const USUAL_PORT = 8420;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const say = (text: string) => console.log(text);
const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Resolves with the exit code once somebody asked for the end, or the server ended by itself. */
async function attend(server: DemoServer, lights: Lights): Promise<number> {
  const asked = Promise.withResolvers<number>();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, () => asked.resolve(0));
  const typed = readTyped(Deno.stdin.readable, async (line) => {
    const { text, quit } = await obey(line, lights);
    if (text !== "") say(text);
    if (quit) asked.resolve(0);
  });
  typed.catch((error: unknown) => say(`Cannot read what is typed: ${reasonOf(error)}`));
  return await Promise.race([asked.promise, server.ended]);
}

async function run({ port = freeOr0(USUAL_PORT), lightsPort, dataDir, checkSeconds }: DemoOptions): Promise<number> {
  const narrate = createNarrator(say, Deno.stdout.isTerminal() && !Deno.noColor);
  let greeted = false;
  const lights = await startLights({
    firstPort: lightsPort,
    announce: Deno.env.get("LUMENLOG_DISCOVERY") !== "off",
    onChange: (light, name) => greeted && narrate(light, name),
    onWarning: say,
  });
  try {
    const server = await startServer({ dataDir, port, checkSeconds });
    try {
      const remarks = await seed(server.url, new Map([...lights].map(([name, { url }]) => [name, url])));
      say(greeting(server.url, lights, remarks));
      greeted = true;
      return await attend(server, lights);
    } finally {
      greeted = false;
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
    await refuseRunning(options.dataDir);
    if (options.fresh) forget(options.dataDir);
    claim(options.dataDir);
    return await run(options);
  } catch (error) {
    console.error(`demo: ${reasonOf(error)}`);
    return 1;
  }
}

Deno.exit(await main());
