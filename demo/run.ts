import { resolve } from "node:path";
import { obey } from "./commands.ts";
import { claim, forget, refuseRunning } from "./folder.ts";
import { startLights } from "./lights.ts";
import { type DemoOptions, helpOf, readOptions } from "./options.ts";
import { freeOr0 } from "./ports.ts";
import { seed } from "./seed.ts";
import { startServer } from "./server.ts";
import { untilSignalled } from "./signals.ts";
import { createNarrator, greeting, type Lights, readTyped } from "./talk.ts";

const USUAL_PORT = 8420;

const say = (text: string) => console.log(text);
const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Resolves once somebody typed that all shall end. */
function untilQuit(lights: Lights): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const typed = readTyped(Deno.stdin.readable, async (line) => {
    const { text, quit } = await obey(line, lights);
    if (text !== "") say(text);
    if (quit) resolve();
  });
  typed.catch((error: unknown) => say(`Cannot read what is typed: ${reasonOf(error)}`));
  return promise;
}

async function play({ port = freeOr0(USUAL_PORT), lightsPort, dataDir, checkSeconds }: DemoOptions): Promise<number> {
  // From the first moment on, so that nothing is left running.
  const signalled = untilSignalled();
  const narrate = createNarrator(say, Deno.stdout.isTerminal() && !Deno.noColor);
  let greeted = false;
  const lights = await startLights({
    firstPort: lightsPort,
    announce: Deno.env.get("LUMENLOG_DISCOVERY") !== "off",
    onChange: (light, name) => greeted && narrate(light, name),
    onWarning: (message, name) => say(`${name} cannot do everything here: ${message}`),
  });
  try {
    const server = await startServer({ dataDir, port, checkSeconds }, say);
    try {
      const remarks = await seed(server.url, new Map([...lights].map(([name, { url }]) => [name, url])));
      say(greeting({ url: server.url, dataDir, lights, remarks }));
      greeted = true;
      return await Promise.race([signalled, untilQuit(lights), server.ended]) ?? 0;
    } finally {
      greeted = false;
      await server.stop();
    }
  } finally {
    await Promise.all([...lights.values()].map((light) => light.close()));
  }
}

/** `command` is what the demo was started with, for its help. Resolves with the exit code when all has ended. */
export async function runDemo(command: string, args: readonly string[]): Promise<number> {
  const read = readOptions(args);
  if (!read.ok) {
    console.error(`demo: ${read.problem}`);
    return 2;
  }
  if (read.options.help) {
    say(helpOf(command));
    return 0;
  }
  try {
    const options = { ...read.options, dataDir: resolve(read.options.dataDir) };
    await refuseRunning(options.dataDir);
    if (options.fresh) forget(options.dataDir);
    claim(options.dataDir);
    return await play(options);
  } catch (error) {
    console.error(`demo: ${reasonOf(error)}`);
    return 1;
  }
}
