import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { runDemo } from "../demo/demo_process.ts";
import { eventually } from "../runtime/waiting.ts";
import { OFF_THE_NETWORK } from "../support/process.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { compileInto, findCompiler } from "./compiled.ts";

const compiler = findCompiler();
let path = "";
let folder = "";

type Start = (flags?: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof runDemo>;

/** Registers a test of the demo in the one file, which is started in an empty folder. */
function demoTest(sentence: string, work: (start: Start, dir: string) => Promise<void>): void {
  const name = `${sentence} (one file)`;
  if (typeof compiler === "string") return Deno.test.ignore(`${name} [SKIPPED: ${compiler}]`, () => {});
  Deno.test(name, () =>
    withTempDir(async (dir) => {
      const [cwd, temporary] = [`${dir}/empty`, `${dir}/tmp`];
      for (const each of [cwd, temporary]) await Deno.mkdir(each);
      const start: Start = (flags = [], env = OFF_THE_NETWORK) =>
        runDemo({ program: path, args: ["demo"], cwd, env: { ...env, TMPDIR: temporary } }, flags);
      await work(start, cwd);
    }));
}

if (typeof compiler !== "string") {
  Deno.test.beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "lumenlog-one-file-" });
    path = await compileInto(folder, compiler);
  });
  Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));
}

demoTest(
  "the demo is in the file: a home, lights with their pages, the log, and a stop in order",
  async (start, dir) => {
    const demo = await start();
    const desk = await eventually("the desk's light to be online", async () => {
      return (await demo.api.list("devices")).find((each) => each.name === "Desk" && each["online"] === true);
    });
    for (const list of ["gradients", "color-strip-sources", "output-targets", "scene-presets", "automations"]) {
      assert((await demo.api.list(list)).length > 0, list);
    }
    const state = await demo.api.call("PUT", `/api/v1/devices/${desk.id}/state`, { on: false });
    assertEquals(state.status, 200);
    const [entry] = await demo.api.entries("actions=device.state_changed");
    assertEquals([entry?.entity_name, entry?.metadata["on"]], ["Desk", false]);
    await demo.shown(/Desk: off/);
    for (const file of ["", "app.js", "app.css"]) {
      const answer = await fetch(`${desk["url"]}/${file}`);
      assertEquals([answer.status, (await answer.text()).length > 100], [200, true], file);
    }
    assertMatch(await (await fetch(demo.url)).text(), /src="\/assets\/app\.js"/);
    assertStringIncludes(demo.text(), `${dir}/data/demo`);

    await demo.ctrlC();
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["data"]);
    assert(!existsSync(`${dir}/data/demo/server.json`), "the server has not stopped in order");
  },
);

demoTest(
  "a restart keeps the demo's address, and a demo that is killed leaves no server behind",
  async (start, dir) => {
    const demo = await start();
    assertEquals((await demo.api.call("POST", "/api/v1/system/restart")).status, 202);
    const starts = await eventually("the server to be there again", async () => {
      const found = await demo.api.entries("actions=server.started").catch(() => []); // it is on its way
      return found.length === 2 ? found : undefined;
    });
    assertEquals(starts.map(({ metadata }) => metadata["clean"]), [true, true]);
    demo.signal("SIGKILL");
    await eventually("the server to stop", () => {
      return Promise.resolve(existsSync(`${dir}/data/demo/server.json`) ? undefined : true);
    });
    await demo.ended();
  },
);

demoTest("the demo tells whether its fourth light can be found by itself", async (start) => {
  const demo = await start([], { LUMENLOG_DISCOVERY: "on" });
  // A runtime that cannot join multicast groups says so, and then it has to be added by its address.
  const heard = !/Window cannot do everything here: mDNS/.test(demo.text());
  assertMatch(demo.text(), heard ? /the fourth waits under Devices/ : /the fourth can be added under Devices, by its/);
  await demo.type("quit");
  assertEquals((await demo.ended()).code, 0);
});

demoTest("the demo tells its flags, and what it does not know", async () => {
  const run = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(path, { args: [...args] }).output();
    const [out = "", error = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { code, out, error };
  };
  for (const args of [["demo", "--help"], ["help", "demo"]]) {
    const { code, out } = await run(...args);
    assertEquals(code, 0);
    assertMatch(out, /^Usage: lumenlog demo \[flags\]$/m);
  }
  const { code, error } = await run("demo", "--dance");
  assertEquals([code, error], [2, `demo: Cannot use "--dance": --help tells what there is\n`]);
});
