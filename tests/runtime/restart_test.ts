import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { z } from "zod";
import { connectLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { createFollower } from "./follower.ts";
import { beginRequest } from "./raw_http.ts";
import { askFor, restartsOf, startedTimes, startOnItsOwn, storyOf } from "./restarts.ts";
import { startSlowLight } from "./slow_light.ts";
import { eventually, within } from "./waiting.ts";

const FILE = z.looseObject({ filename: z.string() });
const STORY = [
  "server.started system clean",
  "server.restarting anonymous",
  "server.shutting_down system",
  "server.started system clean",
];

processTest(
  "under a supervisor a restart ends the process with the code that asks for another one",
  async ({ start }) => {
    const first = await start();
    assertEquals(await restartsOf(first.url), "supervisor");
    const { id } = await createApiClient(first.url).create("gradients", { name: "Sunset" });
    assertEquals(await askFor(first.url, "restart"), 202);
    const { code, signal, stderr } = await within("the first process to end", first.ended);
    assertEquals({ code, signal, stderr }, { code: 75, signal: null, stderr: "" });
    const second = await start();
    assertEquals(second.url, first.url, "a port that was picked by chance is the same again");
    assertEquals(await storyOf(second.url), STORY);
    assertEquals((await createApiClient(second.url).list("gradients")).map((gradient) => gradient.id), [id]);
    assertEquals((await second.kill()).code, 0);
    assertEquals(existsIn(second.dataDir, "restart.json"), false, "another start is no restart");
  },
);

processTest("on its own the server comes back by itself, at the same address", async (processes) => {
  const server = await startOnItsOwn(processes);
  assertEquals(await restartsOf(server.url), processes.runtime.name === "Deno" ? "in_process" : "parent");
  for (const times of [2, 3]) {
    assertEquals(await askFor(server.url, "restart"), 202);
    await startedTimes(server.url, times);
  }
  assertEquals(await storyOf(server.url), [...STORY, ...STORY.slice(1)]);
  const { code, stdout, stderr } = await server.kill("SIGTERM");
  assertEquals([code, stderr], [0, ""]);
  for (const line of stdout.trim().split("\n")) assertEquals(line, `lumenlog listening on ${server.url}`);
});

processTest("a live client is told of a restart and misses nothing over it", async (processes) => {
  const { url } = await startOnItsOwn(processes);
  const follower = createFollower();
  const client = await follower.connect(url);
  await createApiClient(url).create("gradients", { name: "Before" });
  await askFor(url, "restart");
  const told = await client.until("the restart", ({ type }) => type === "server_restarting");
  assertEquals(told, { type: "server_restarting", reason: "restart" });
  assertEquals((await within("the socket to close", client.closed)).code, 1012);
  await startedTimes(url, 2);
  await createApiClient(url).create("gradients", { name: "After" });
  await follower.catchUp(url);
  assertEquals(follower.faults, []);
  assertEquals(follower.last(), await createApiClient(url).head());
  assertEquals(follower.seen.filter(({ entry }) => entry.action.startsWith("server.")).length, STORY.length);
});

processTest("a request that never ends keeps no restart from coming", async (processes) => {
  const { url } = await startOnItsOwn(processes);
  const request = await beginRequest(url, "/api/v1/gradients", { name: "Never" });
  assertEquals(await askFor(url, "restart"), 202);
  await startedTimes(url, 2);
  request.close();
  assertEquals(await storyOf(url), STORY);
});

processTest("a request that is under way at a restart is answered, and its entry is there", async (processes) => {
  await using light = startSlowLight();
  const { url } = await startOnItsOwn(processes);
  const created = createApiClient(url).create("devices", { name: "Desk", device_type: "wled", url: light.url });
  await within("the light to be asked", light.asked);
  assertEquals(await askFor(url, "restart"), 202);
  light.answer();
  const { id } = await within("the answer", created);
  await startedTimes(url, 2);
  const entries = await createApiClient(url).entries("actions=entity.created");
  assertEquals(entries.map(({ entity_id }) => entity_id), [id]);
});

processTest("a signal to stop during a restart is the end, in order", async (processes) => {
  await using light = startSlowLight();
  const server = await startOnItsOwn(processes);
  const watcher = await connectLive(server.url);
  const held = createApiClient(server.url).create("devices", { name: "Desk", device_type: "wled", url: light.url });
  const ended = held.then(() => {}, () => {});
  await within("the light to be asked", light.asked);
  assertEquals(await askFor(server.url, "restart"), 202);
  await within("the watcher to be sent away", watcher.closed);
  server.signal("SIGTERM");
  light.answer();
  const { code, stderr } = await within("the end", server.ended);
  await ended;
  assertEquals([code, stderr], [0, ""]);
  const next = await processes.start();
  const story = await storyOf(next.url);
  assertEquals(story.at(-1), "server.started system clean");
  assertEquals(story.slice(0, 3), STORY.slice(0, 3));
});

processTest("whoever waits at the door meanwhile is told to try again", async (processes) => {
  if (processes.runtime.name !== "Deno") return; // with another process there is no door for a moment
  await using light = startSlowLight();
  const { url } = await startOnItsOwn(processes);
  const watcher = await connectLive(url);
  const held = createApiClient(url).create("devices", { name: "Desk", device_type: "wled", url: light.url });
  await within("the light to be asked", light.asked);
  await askFor(url, "restart");
  await within("the watcher to be sent away", watcher.closed);
  const answer = await eventually("the door to be shut", async () => {
    const response = await fetch(`${url}/api/v1/devices`);
    const text = await response.text();
    return response.status === 503 ? { response, text } : undefined;
  });
  assertEquals(answer.response.headers.get("retry-after"), "1");
  assertEquals(JSON.parse(answer.text).type.endsWith("unavailable"), true, answer.text);
  light.answer();
  await held;
  await startedTimes(url, 2);
});

processTest("a port that somebody took meanwhile is waited for, and then named", async ({ start, run }) => {
  const first = await start();
  await askFor(first.url, "restart");
  await within("the first process to end", first.ended);
  using taken = Deno.listen({ hostname: "127.0.0.1", port: Number(new URL(first.url).port) });
  const { code, stderr } = await run({});
  assertEquals(code, 1);
  assert(stderr.includes(`port ${taken.addr.port}, which it had before its restart`), stderr);
});

processTest("a second wish to end is refused once the first is being fulfilled", async ({ start }) => {
  await using light = startSlowLight();
  const server = await start();
  const created = createApiClient(server.url).create("devices", { name: "Desk", device_type: "wled", url: light.url });
  await within("the light to be asked", light.asked);
  const statuses = await Promise.all([askFor(server.url, "restart"), askFor(server.url, "shutdown").catch(() => 409)]);
  assertEquals(statuses.toSorted(), [202, 409]);
  light.answer();
  await created;
  await server.ended;
});

processTest("a server that cannot begin anew ends, and says why", async (processes) => {
  const server = await startOnItsOwn(processes);
  const key = join(server.dataDir, "config.key");
  await Deno.remove(key).catch(() => {}); // not every server has made one yet
  await Deno.mkdir(key);
  assertEquals(await askFor(server.url, "restart"), 202);
  const { code, stderr } = await within("the end", server.ended);
  assertEquals(code, 1, stderr);
  assertMatch(stderr, /directory|config\.key/i);
  assertEquals(existsIn(server.dataDir, "server.json"), false);
  await Deno.remove(key);
  assertEquals((await storyOf((await processes.start()).url)).at(-1), "server.started system clean");
});

function existsIn(dir: string, name: string): boolean {
  try {
    return Deno.statSync(join(dir, name)).isFile;
  } catch {
    return false;
  }
}

processTest(
  "a signal to stop while a backup is being restored ends the server in order, once that is done",
  async ({ start }) => {
    const server = await start();
    const token = await createApiClient(server.url).createKey({ label: "desk" });
    const api = createApiClient(server.url, token);
    const kept = await api.create("gradients", { name: "Kept" });
    const made = FILE.parse((await api.call("POST", "/api/v1/backups")).json);
    await api.create("gradients", { name: "Gone" });
    const watcher = await connectLive(server.url, { token });
    const restored = api.call("POST", `/api/v1/backups/${made.filename}/restore`);
    await watcher.until("the restore", ({ type }) => type === "server_restarting");
    server.signal("SIGTERM");
    const answer = await within("the answer", restored);
    assertEquals(answer.status, 200, JSON.stringify(answer.json));
    const { code, stderr } = await within("the end", server.ended);
    assertEquals([code, stderr], [0, ""]);
    const next = createApiClient((await start()).url, token);
    assertEquals((await next.list("gradients")).map(({ id }) => id), [kept.id]);
    const [newest] = await next.entries("actions=server.started");
    assertEquals(newest?.metadata["clean"], true);
    const actions = (await next.entries("categories=system&limit=200")).map(({ action }) => action);
    for (const action of ["backup.restored", "server.shutting_down"]) assert(actions.includes(action), action);
  },
);
