import { assert, assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { z } from "zod";
import { withTempDir } from "../support/temp_dir.ts";
import { eventually } from "../runtime/waiting.ts";
import { startDemo, startDemoWith, startFindingDemo } from "./demo_process.ts";

type Demo = Awaited<ReturnType<typeof startDemo>>;

const untilEntry = ({ api }: Demo, query: string) =>
  eventually(`an entry for ${query}`, async () => (await api.entries(query))[0]);

const untilOnline = ({ api }: Demo, online: boolean, name: string) =>
  eventually(`${name} to be ${online ? "online" : "offline"}`, async () => {
    const device = (await api.list("devices")).find((each) => each.name === name);
    return device?.["online"] === online ? device : undefined;
  });

Deno.test("the demo is a home that can be played with, and stops in order", async () => {
  await withTempDir(async (dir) => {
    const demo = await startDemo(dir);
    for (const name of ["Shelf", "Desk", "Stairs"]) await untilOnline(demo, true, name);
    for (const path of ["gradients", "color-strip-sources", "output-targets", "scene-presets", "automations"]) {
      assert((await demo.api.list(path)).length > 0, path);
    }

    await demo.type("press 1");
    const changed = await untilEntry(demo, "q=device.state_changed");
    assertEquals([changed.actor, changed.entity_name, changed.metadata["source"]], ["system", "Shelf", "external"]);

    await demo.type("unplug desk");
    const gone = await untilEntry(demo, "q=device.offline");
    assertEquals([gone.entity_name, gone.severity], ["Desk", "warning"]);
    await demo.type("plug 2");
    assertEquals((await untilEntry(demo, "q=device.online")).entity_name, "Desk");

    await demo.type("dance 1");
    await demo.shown(/There is no "dance"/);
    await demo.type("quit");
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
  });
});

const DISCOVERED = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

Deno.test("the demo's fourth light is not in the home: it is found on the network, and can be added", async () => {
  await withTempDir(async (dir) => {
    const demo = await startFindingDemo(dir);
    // Those of other demos on this machine are heard as well.
    const window = await eventually("the light to be found", async () => {
      const { json } = await demo.api.call("GET", "/api/v1/devices/discovered");
      return DISCOVERED.parse(json).items.find(({ name }) => name === "Window");
    });
    await demo.api.call("POST", "/api/v1/devices/discovered/adopt", { ids: [window.id] });
    await untilOnline(demo, true, "Window");
    await demo.type("quit");
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
  });
});

Deno.test("the demo goes on where it was left, and its lights are found at their new addresses", async () => {
  await withTempDir(async (dir) => {
    const first = await startDemo(dir);
    const before = (await first.api.list("devices")).map(({ id }) => id);
    first.signal("SIGTERM");
    assertEquals((await first.ended()).code, 0);

    const second = await startDemo(dir);
    assertEquals((await second.api.list("devices")).map(({ id }) => id), before);
    for (const name of ["Shelf", "Desk", "Stairs"]) await untilOnline(second, true, name);
    const [started] = await second.api.entries("q=server.started");
    assertEquals(started?.metadata["clean"], true);
    second.signal("SIGINT");
    assertEquals((await second.ended()).code, 0);

    const third = await startDemo(dir, "--fresh");
    assert(!before.includes((await third.api.list("devices"))[0]?.id ?? ""), "the old home is still there");
    await third.type("quit");
    assertEquals((await third.ended()).code, 0);
  });
});

Deno.test("a restart over the API is the demo's to do: the same address, and the lights go on", async () => {
  await withTempDir(async (dir) => {
    const demo = await startDemo(dir);
    for (let round = 1; round <= 2; round++) {
      assertEquals((await demo.api.call("POST", "/api/v1/system/restart")).status, 202);
      const starts = await eventually("the server to be there again", async () => {
        const found = await demo.api.entries("actions=server.started").catch(() => []); // it is on its way
        return found.length > round ? found : undefined;
      });
      assertEquals(starts[0]?.metadata["clean"], true);
    }
    await demo.shown(/Lumenlog starts again/);
    for (const name of ["Shelf", "Desk", "Stairs"]) await untilOnline(demo, true, name);
    await demo.ctrlC();
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
  });
});

Deno.test("a server that is told to shut down ends the demo", async () => {
  await withTempDir(async (dir) => {
    const demo = await startDemo(dir);
    assertEquals((await demo.api.call("POST", "/api/v1/system/shutdown")).status, 202);
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
  });
});

Deno.test("a demo that is killed leaves no server behind, which stops in order", async () => {
  await withTempDir(async (dir) => {
    const first = await startDemo(dir);
    assert(existsSync(`${dir}/demo/server.json`));
    first.signal("SIGKILL");
    await eventually("the server to stop", () => {
      return Promise.resolve(existsSync(`${dir}/demo/server.json`) ? undefined : true);
    });
    await first.ended();
    const second = await startDemo(dir);
    assertEquals((await second.api.entries("actions=server.started")).map(({ metadata }) => metadata["clean"]), [
      true,
      true,
    ]);
    await second.type("quit");
    assertEquals((await second.ended()).code, 0);
  });
});

Deno.test("the settings of somebody's real server are not the demo's", async () => {
  await withTempDir(async (dir) => {
    const demo = await startDemoWith(dir, {
      LUMENLOG_DATABASE_URL: "http://127.0.0.1:9",
      LUMENLOG_API_KEYS: "desk:admin:desk-token-0123456789",
      LUMENLOG_CONFIG: `${dir}/none.json`,
    });
    assert((await demo.api.list("devices")).length > 0);
    await demo.type("quit");
    assertEquals(await demo.ended(), { code: 0, stderr: "" });
  });
});

Deno.test("the demo begins anew also with backups in its folder, but not over a file that was put among them", async () => {
  await withTempDir(async (dir) => {
    const first = await startDemo(dir);
    await first.api.create("gradients", { name: "Mine" });
    const backup = `${dir}/demo/backups/lumenlog-20300101-000000-000-manual.db.gz`;
    await Deno.mkdir(`${dir}/demo/backups`, { recursive: true });
    await Deno.writeTextFile(backup, "");
    await Deno.writeTextFile(`${dir}/demo/backups/thesis.txt`, "years of work");
    await first.type("quit");
    assertEquals((await first.ended()).code, 0);

    const refused = await startDemo(dir, "--fresh").then(() => "started", String);
    assert(refused.includes("thesis.txt"), refused);
    assert(existsSync(backup));
    await Deno.remove(`${dir}/demo/backups/thesis.txt`);
    const second = await startDemo(dir, "--fresh");
    assert(!(await second.api.list("gradients")).some(({ name }) => name === "Mine"));
    assert(!existsSync(backup));
    await second.type("quit");
    assertEquals((await second.ended()).code, 0);
  });
});

Deno.test("the demo removes no folder that is not its own", async () => {
  await withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/demo`);
    await Deno.writeTextFile(`${dir}/demo/thesis.txt`, "years of work");
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", `--allow-read=${dir}`, `--allow-write=${dir}`, "--allow-env", "demo/main.ts"]
        .concat("--fresh", "--data-dir", `${dir}/demo`),
      env: { NO_COLOR: "1" },
    });
    const { code, stderr } = await child.output();
    assertEquals(code, 1);
    assert(new TextDecoder().decode(stderr).includes("thesis.txt"), new TextDecoder().decode(stderr));
    assertEquals(await Deno.readTextFile(`${dir}/demo/thesis.txt`), "years of work");
  });
});
