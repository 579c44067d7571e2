import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLines } from "../runtime/line_reader.ts";
import { ROOT } from "../runtime/runtimes.ts";
import { until, withController } from "./support.ts";

const project: { readonly tasks: Readonly<Record<string, { readonly command: string }>> } = JSON.parse(
  readFileSync(join(ROOT, "deno.json"), "utf8"),
);
/** What the task runs, with the rights that it has. */
const taskWords = () => (project.tasks["virtual-wled"]?.command ?? "").split(" ").slice(1);

function spawn(...args: readonly string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...taskWords(), ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { child, out: readLines(child.stdout), err: readLines(child.stderr), input: child.stdin.getWriter() };
}
type Program = ReturnType<typeof spawn>;

/** Runs it until `work` is done; it is ended in any case. */
async function withProgram(args: readonly string[], work: (program: Program, url: string) => Promise<void>) {
  const program = spawn("--ddp-port", "0", "--realtime-port", "0", ...args);
  try {
    const first = await program.out.firstLine ?? "";
    await work(program, /http:\/\/\S+/.exec(first)?.[0] ?? "");
  } finally {
    await ended(program);
  }
}

async function ended({ child, out, err, input }: Program, signal: Deno.Signal = "SIGKILL") {
  await input.close().catch(() => undefined);
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
  const { code } = await child.status;
  await Promise.all([out.ended, err.ended]);
  return { code, out: out.text(), err: err.text() };
}

async function runs(...args: readonly string[]) {
  const program = spawn(...args);
  await program.child.status;
  return await ended(program);
}

const type = ({ input }: Program, line: string) => input.write(new TextEncoder().encode(`${line}\n`));
const says = ({ out }: Program, text: string) => until(() => out.text().includes(text), `it says ${text}`);

Deno.test("it says where it is, what the strip shows, and follows what is typed", () =>
  withProgram(["--name", "Shelf", "--leds", "6"], async (program, url) => {
    assertMatch(program.out.text(), /^Shelf: http:\/\/127\.0\.0\.1:\d+ {2}DDP \d+, realtime \d+/);
    await says(program, "#ffa000 × 6, on, 50 %\n");
    await type(program, "press");
    await says(program, "#ffa000 × 6, off, 50 %\n");
    await (await fetch(`${url}/json/state`, { method: "POST", body: `{"bri":255,"seg":{"col":["0080ff"]}}` })).text();
    await says(program, "#0080ff × 6, on, 100 %\n");
    assert(!program.out.text().includes("\x1b"), "no colours where none are wanted");
  }));

Deno.test("it can be unplugged, plugged in and made to misbehave by typing", () =>
  withProgram([], async (program, url) => {
    const status = async () => {
      const answer = await fetch(`${url}/json/state`);
      await answer.body?.cancel();
      return answer.status;
    };
    await type(program, "offline");
    await says(program, "unplugged\n");
    assertEquals(await fetch(`${url}/json`).then(() => "answered", () => "refused"), "refused");
    await type(program, "status 503");
    await says(program, "misbehaves: status\n");
    assertEquals(await status(), 503);
    await type(program, "online");
    await until(() => program.out.text().endsWith("on, 50 %\n"), "it is well again");
    assertEquals(await status(), 200);
    await type(program, "dance");
    await says(program, `there is no command "dance"`);
    await type(program, "quit");
    assertEquals((await program.child.status).code, 0);
  }));

Deno.test("a signal ends it in order", async () => {
  const program = spawn("--ddp-port", "0", "--realtime-port", "0");
  await program.out.firstLine;
  assertEquals((await ended(program, "SIGTERM")).code, 0);
});

Deno.test("help tells the flags and the commands", async () => {
  const { code, out } = await runs("--help");
  assertEquals(code, 0);
  assertStringIncludes(out, "--realtime-port");
  assertStringIncludes(out, "slow MS");
});

const WRONG: Readonly<Record<string, readonly string[]>> = {
  "--leds must be a whole number from 1 to 8192": ["--leds", "0"],
  "--port must be a whole number from 0 to 65535": ["--port", "70000"],
  "--name must have 1 to 64 characters": ["--name", ""],
  "--host must be an IPv4 or IPv6 address": ["--host", "shelf.local"],
  "--colour": ["--", "--colour"],
  "extra": ["extra"],
};

for (const [reason, args] of Object.entries(WRONG)) {
  Deno.test(`wrong flags end it with 2 and the reason: ${args.join(" ")}`, async () => {
    const { code, err } = await runs(...args);
    assertEquals(code, 2);
    assertStringIncludes(err.split("\n")[0] ?? "", reason);
  });
}

Deno.test("a taken HTTP port ends it with 1 and the reason; a taken UDP port is only told", () =>
  withController(async ({ controller }) => {
    const { port } = new URL(controller.url);
    const { code, err } = await runs("--port", port);
    assertEquals(code, 1);
    assertMatch(err, new RegExp(`^Cannot start WLED: Cannot listen on 127.0.0.1 port ${port}: .*in use`, "i"));
    const program = spawn("--ddp-port", String(controller.ddpPort), "--realtime-port", "0");
    await says(program, "WLED: http");
    await ended(program);
    assertStringIncludes(program.out.text(), `UDP port ${controller.ddpPort} cannot be used`);
  }));
