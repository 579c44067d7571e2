import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { recordMany } from "../audit/removal_checks.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { createFollower } from "../runtime/follower.ts";
import {
  askFor,
  gone,
  isThere,
  restartsOf,
  servingPid,
  startedTimes,
  startOnItsOwn,
  storyOf,
} from "../runtime/restarts.ts";
import { eventually, pause } from "../runtime/waiting.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { entriesIn } from "../support/export.ts";
import { type Processes, withProcesses } from "../support/process.ts";
import { compileInto, findCompiler, oneFile } from "./compiled.ts";

const MOST_MEGABYTES = 130;

const compiler = findCompiler();
let path = "";
let folder = "";

function oneFileTest(sentence: string, work: (processes: Processes) => Promise<void>): void {
  const name = `${sentence} (one file)`;
  if (typeof compiler === "string") Deno.test.ignore(`${name} [SKIPPED: ${compiler}]`, () => {});
  else Deno.test(name, () => withProcesses(oneFile(() => path), work));
}

if (typeof compiler !== "string") {
  Deno.test.beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "lumenlog-one-file-" });
    path = await compileInto(folder, compiler);
  });
  Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));
}

oneFileTest("the program is one file, and small enough to send around", async () => {
  const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
  assertEquals(left, ["lumenlog"], "what it was made of");
  const megabytes = (await Deno.stat(path)).size / 1e6;
  assert(megabytes < MOST_MEGABYTES, `${megabytes} MB`);
});

oneFileTest("it serves from an empty folder: entities, the log, the page and its script", async ({ start, dir }) => {
  const server = await start();
  const api = createApiClient(server.url);
  const { id } = await api.create("gradients", { name: "Sunset" });
  const [entry] = await api.entries();
  assertEquals([entry?.action, entry?.entity_id], ["entity.created", id]);
  const page = await (await fetch(server.url)).text();
  for (const [, name] of page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg))"/g)) {
    const file = await fetch(server.url + name);
    assertEquals([file.status, (await file.arrayBuffer()).byteLength > 0], [200, true], name);
  }
  assertMatch(page, /src="\/assets\/app\.js"/);
  assertEquals([...Deno.readDirSync(`${dir}/empty`)], [], "it writes to its data directory only");
  const { code, stderr } = await server.kill("SIGTERM");
  assertEquals([code, stderr], [0, ""]);
});

oneFileTest("after a stop it starts clean with all that was there, after a kill it says so", async ({ start }) => {
  const first = await start();
  const { id } = await createApiClient(first.url).create("gradients", { name: "Sunset" });
  assertEquals((await first.kill("SIGINT")).code, 0);
  const second = await start();
  assertEquals((await createApiClient(second.url).list("gradients")).map((gradient) => gradient.id), [id]);
  await second.kill("SIGKILL");
  const api = createApiClient((await start()).url);
  const starts = await api.entries("actions=server.started");
  assertEquals(starts.map(({ metadata }) => metadata["clean"]), [false, true, true]);
});

oneFileTest("a live client gets every entry once and in order, also over a restart", async ({ start }) => {
  const follower = createFollower();
  for (let round = 0; round < 2; round++) {
    const server = await start();
    const client = await follower.connect(server.url);
    const api = createApiClient(server.url);
    for (let i = 0; i < 20; i++) await api.create("gradients", { name: `Glow ${round} ${i}` });
    await client.reached(await api.head());
    await client.close();
    assertEquals((await server.kill()).code, 0);
  }
  assertEquals(follower.faults, []);
  const names = follower.seen.map(({ entry }) => entry.entity_name).filter((name) => name !== null);
  assertEquals(names, [0, 1].flatMap((round) => Array.from({ length: 20 }, (_, i) => `Glow ${round} ${i}`)));
});

oneFileTest("it exports, makes keys and tells its flags like the program that it was made of", async (test) => {
  const server = await test.start();
  await createApiClient(server.url).create("gradients", { name: "Sunset" });
  await server.kill();
  const { code, stdout } = await test.run({ args: ["export"] });
  assertEquals([code, entriesIn(stdout).map(({ action }) => action)], [0, [
    "server.started",
    "entity.created",
    "server.shutting_down",
  ]]);
  const made = await test.run({ args: ["keys", "add", "desk"] });
  assertEquals([made.code, /^ll_[\w-]{20,}$/m.test(made.stdout)], [0, true], made.stderr);
  assertStringIncludes((await test.run({ args: ["--help"] })).stdout, "LUMENLOG_DATA_DIR");
  assertMatch((await test.run({ args: ["sevre"] })).stderr, /did you mean serve/);
});

oneFileTest("a backup brings back what was set up, and the log goes on", async ({ start }) => {
  const server = await start();
  const token = await createApiClient(server.url).createKey({ label: "desk", role: "admin" });
  const api = createApiClient(server.url, token);
  const names = async () => (await api.list("gradients")).map(({ name }) => name);
  const log = async () => (await api.entries("limit=200")).toReversed();
  const { id } = await api.create("gradients", { name: "Sunset" });
  // The shape is held by the tests of the backups.
  const made = (await api.call("POST", "/api/v1/backups")).json as { readonly filename: string };
  await api.update("gradients", id, { name: "Dawn" });
  await api.create("gradients", { name: "Noon" });
  const before = await log();
  const restored = await api.call("POST", `/api/v1/backups/${made.filename}/restore`);
  assertEquals(restored.status, 200, JSON.stringify(restored.json));
  assertEquals(await names(), ["Sunset"]);
  const after = await log();
  assertEquals(after.slice(0, before.length), before);
  assert(after.slice(before.length).some(({ action }) => action === "backup.restored"));
  await api.create("gradients", { name: "Evening" });
  const whole = await log();
  assertEquals([whole.slice(0, after.length), whole.at(-1)?.entity_name], [after, "Evening"]);
  assertEquals((await server.kill()).code, 0);
  const again = createApiClient((await start()).url, token);
  assertEquals((await again.entries("limit=200")).toReversed().slice(0, whole.length), whole);
  assertEquals((await again.list("gradients")).map(({ name }) => name).toSorted(), ["Evening", "Sunset"]);
});

oneFileTest("a log beyond its limit is brought within it soon after a start", async ({ start, dir }) => {
  const dataDir = join(dir, "data");
  await Deno.mkdir(dataDir);
  const engine = await openEngine(filePlace(dataDir));
  await recordMany(engine, 3000);
  await engine.settings.change({ maxEntries: 100 });
  await engine.close();
  const server = await start();
  const api = createApiClient(server.url);
  const newest = async () => (await api.entries("limit=200")).map(({ action }) => action);
  await eventually(
    "the prune to be on record",
    async () => (await newest()).includes("activity_log.pruned") ? true : undefined,
  );
  assertEquals((await newest()).length, 100);
  const { code, stderr } = await server.kill();
  assertEquals([code, stderr], [0, ""]);
});

oneFileTest("where its runtime cannot join multicast groups it says so once and goes on", async ({ start }) => {
  const server = await start({ env: { LUMENLOG_DISCOVERY: "on", LUMENLOG_MDNS_INTERFACE: "127.0.0.1" } });
  const api = createApiClient(server.url);
  const search = async () => (await api.call("POST", "/api/v1/devices/discover", { timeout_seconds: 1 })).status;
  await eventually("a word on discovery", async () => {
    return server.stderr() !== "" || (await search().catch(() => 200)) === 200 ? true : undefined;
  });
  await api.create("gradients", { name: "Sunset" });
  const { code, stderr } = await server.kill();
  assertEquals(code, 0);
  const lines = stderr.split("\n").filter((line) => line !== "");
  assert(lines.length <= 1, stderr);
  for (const line of lines) assertStringIncludes(line, "cannot be searched for by mDNS");
});

oneFileTest("on its own it starts itself again: same address, same data, a clean stop between", async (processes) => {
  const parent = await startOnItsOwn(processes);
  assertEquals(await restartsOf(parent.url), "parent");
  const { id } = await createApiClient(parent.url).create("gradients", { name: "Sunset" });
  const first = await servingPid(parent);
  assertEquals(await askFor(parent.url, "restart"), 202);
  await startedTimes(parent.url, 2);
  const second = await servingPid(parent);
  assertEquals([first === parent.pid, second === parent.pid, first === second], [false, false, false]);
  assertEquals((await createApiClient(parent.url).list("gradients")).map((gradient) => gradient.id), [id]);
  assertEquals(await storyOf(parent.url), [
    "server.started system clean",
    "server.restarting anonymous",
    "server.shutting_down system",
    "server.started system clean",
  ]);
  const { code, stdout, stderr } = await parent.kill("SIGINT");
  assertEquals([code, stderr, isThere(second)], [0, "", false]);
  assertEquals(stdout, `lumenlog listening on ${parent.url}\n`.repeat(2));
});

oneFileTest("when its parent process is killed it stops in order, and leaves nobody behind", async (processes) => {
  const parent = await startOnItsOwn(processes);
  const pid = await servingPid(parent);
  parent.signal("SIGKILL");
  await gone(pid);
  assertEquals((await storyOf((await processes.start()).url)).slice(-2), [
    "server.shutting_down system",
    "server.started system clean",
  ]);
});

oneFileTest(
  "the second signal ends both at once, and a server that is killed ends its parent process",
  async (processes) => {
    const parent = await startOnItsOwn(processes);
    const pid = await servingPid(parent);
    Deno.kill(pid, "SIGSTOP"); // it hears nothing any more
    parent.signal("SIGTERM");
    await pause(300); // two signals at the same time are one
    assertEquals([(await parent.kill("SIGTERM")).code, isThere(pid)], [137, false]);
    const next = await startOnItsOwn(processes);
    Deno.kill(await servingPid(next), "SIGKILL");
    assertEquals((await next.ended).code, 137);
  },
);
