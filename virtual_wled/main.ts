import process from "node:process";
import { createInterface } from "node:readline";
import { readCliOptions, USAGE } from "./cli_options.ts";
import { COMMANDS_HELP, parseCommand } from "./commands.ts";
import { type Controller, type ControllerOptions, startController } from "./controller.ts";
import { createDisplay, type Display, type Screen } from "./display.ts";

const mayDraw = () => process.stdout.isTTY === true && !process.env["NO_COLOR"];
const screen: Screen = {
  write: (text) => void process.stdout.write(text),
  columns: () => mayDraw() ? process.stdout.columns || 80 : undefined,
};
const messageOf = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Undefined when it cannot be started; the reason is already said. */
async function start(options: ControllerOptions, display: Display): Promise<Controller | undefined> {
  try {
    return await startController({ ...options, onChange: display.show, onWarning: display.say });
  } catch (error) {
    process.stderr.write(`Cannot start ${options.name}: ${messageOf(error)}\n`);
    return undefined;
  }
}

/** Does what a line asks; false when it asks to stop. */
async function follow(line: string, controller: Controller, display: Display): Promise<boolean> {
  const command = parseCommand(line);
  if (command.kind === "misbehave") await controller.misbehave(command.how);
  if (command.kind === "press") controller.press();
  if (command.kind === "help") display.say(COMMANDS_HELP);
  if (command.kind === "unknown") display.say(command.reason);
  display.show(controller);
  return command.kind !== "quit";
}

/** Runs until told to quit or signalled. The end of standard input is no reason to stop. */
function untilStopped(controller: Controller, display: Display): Promise<void> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  return new Promise((resolve) => {
    const stop = () => {
      lines.close();
      process.stdin.unref?.();
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
    lines.on("line", (line) =>
      void follow(line, controller, display).then(
        (goesOn) => goesOn || stop(),
        (error) => display.say(messageOf(error)),
      ));
  });
}

async function run(options: ControllerOptions): Promise<number> {
  const display = createDisplay(screen);
  const controller = await start(options, display);
  if (controller === undefined) return 1;
  // Before it says that it is there, so that whoever reads that can stop it in order.
  const stopped = untilStopped(controller, display);
  const { url, ddpPort, realtimePort } = controller;
  display.say(`${options.name}: ${url}  DDP ${ddpPort}, realtime ${realtimePort}; type help for commands`);
  display.show(controller);
  await stopped;
  display.stop();
  await controller.close();
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  const read = readCliOptions(args);
  if (read.kind === "start") return await run(read.options);
  if (read.kind === "help") process.stdout.write(USAGE + "\n" + COMMANDS_HELP + "\n");
  else process.stderr.write(`${read.reason}\n\n${USAGE}`);
  return read.kind === "help" ? 0 : 2;
}

process.exit(await main(process.argv.slice(2)));
