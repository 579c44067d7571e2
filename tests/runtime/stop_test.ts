import { assert, assertEquals } from "@std/assert";
import { connectLive } from "../support/live_client.ts";
import { processTest, type ServerProcess } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { beginRequest } from "./raw_http.ts";
import { startSlowLight } from "./slow_light.ts";
import { eventually, pause, within } from "./waiting.ts";

const GRADIENTS = "/api/v1/gradients";

processTest("after an orderly stop the next start is clean, after a kill it is not", async ({ start }) => {
  const first = await start();
  assertEquals(await cleanStarts(first), [true]);
  await first.kill("SIGTERM");
  const second = await start();
  assertEquals(await cleanStarts(second), [true, true]);
  const { pid } = second;
  await second.kill("SIGKILL");
  assertEquals((await readServerFile(second))?.pid, pid, "a killed server cleans nothing up");
  const third = await start();
  assertEquals(await cleanStarts(third), [false, true, true]);
  assertEquals((await readServerFile(third))?.pid, third.pid);
  await third.kill("SIGTERM");
  assertEquals(await cleanStarts(await start()), [true, false, true, true]);
});

processTest("a shutdown is on record, by the system, as its first action", async ({ start }) => {
  const first = await start();
  const api = createApiClient(first.url);
  await api.create("gradients", { name: "Sunset" });
  await first.kill("SIGTERM");
  const entries = await createApiClient((await start()).url).entries();
  assertEquals(entries.map(({ action, actor }) => `${action} ${actor}`), [
    "server.started system",
    "server.shutting_down system",
    "entity.created anonymous",
    "server.started system",
  ]);
});

processTest(
  "a request that is under way at a stop is answered, its entry stored, and the next start waits for that",
  async ({ start }) => {
    await using light = startSlowLight();
    const first = await start();
    const watcher = await connectLive(first.url);
    const created = createApiClient(first.url).create("devices", { name: "Desk", device_type: "wled", url: light.url });
    await within("the light to be asked", light.asked);
    first.signal("SIGTERM");
    assertEquals((await within("the watcher to be sent away", watcher.closed)).code, 1001);
    const next = start();
    await pause(300); // the second start has come as far as the lock, which the first still holds
    assertEquals((await readServerFile(first))?.pid, first.pid);
    light.answer();
    const device = await within("the answer", created);
    assertEquals(device["led_count"], 77);
    const { code, stderr } = await within("the first server to end", first.ended);
    assertEquals(code, 0, stderr);
    const api = createApiClient((await next).url);
    assertEquals(await api.list("devices"), [device]);
    const entries = (await api.entries()).filter(({ action }) => action === "entity.created");
    assertEquals(entries.map(({ entity_id }) => entity_id), [device.id]);
  },
);

processTest("half a request at a stop is answered too, and happens wholly or not at all", async ({ start }) => {
  const first = await start();
  const watcher = await connectLive(first.url);
  const request = await beginRequest(first.url, GRADIENTS, { name: "Half" });
  first.signal("SIGTERM");
  await within("the watcher to be sent away", watcher.closed);
  // Deno breaks off bodies that are still on their way: that is answered 400, or seen as a reset.
  const [, status = "reset"] = (await request.finish().catch(() => "")).split(" ");
  assert(["201", "400", "reset"].includes(status), status);
  await within("the server to end", first.ended);
  const api = createApiClient((await start()).url);
  const made = status === "201" ? ["Half"] : [];
  assertEquals((await api.list("gradients")).map(({ name }) => name), made);
  const entries = (await api.entries()).filter(({ action }) => action === "entity.created");
  assertEquals(entries.map(({ entity_name }) => entity_name), made);
});

processTest(
  "a server that is stopping takes no new request, and a start meanwhile gets its turn",
  async ({ start }) => {
    await using light = startSlowLight();
    const first = await start();
    const watcher = await connectLive(first.url);
    const [api, late] = [createApiClient(first.url), { name: "Late" }];
    const never = api.create("devices", { name: "Desk", device_type: "wled", url: light.url });
    await within("the light to be asked", light.asked);
    first.signal("SIGTERM");
    await within("the watcher to be sent away", watcher.closed);
    const next = start();
    await eventually("the port to be closed", () => api.create("gradients", late).then(() => undefined, () => true));
    const device = await within("the answer without the light", never);
    assertEquals(device["led_count"], 30);
    assertEquals((await within("the first server to end", first.ended)).code, 0);
    const second = createApiClient((await next).url);
    assertEquals((await second.list("devices")).map(({ id }) => id), [device.id]);
  },
);

processTest("a second signal ends the server at once, and all that was acknowledged is there", async ({ start }) => {
  const server = await start();
  const watcher = await connectLive(server.url);
  const kept = await createApiClient(server.url).create("gradients", { name: "Kept" });
  // A request that is under way, so that the first signal alone could not have ended it yet.
  await using light = startSlowLight();
  const never = createApiClient(server.url).create("devices", { name: "Never", device_type: "wled", url: light.url });
  const unanswered = never.then(() => false, () => true);
  await within("the light to be asked", light.asked);
  server.signal("SIGTERM");
  await within("the watcher to be sent away", watcher.closed);
  const { code } = await within("the server to end", server.kill("SIGTERM"));
  assertEquals(code, 1);
  assert(await unanswered);
  const next = await start();
  assertEquals((await createApiClient(next.url).list("gradients")).map(({ id }) => id), [kept.id]);
  assertEquals(await cleanStarts(next), [false, true]);
});

processTest(
  "a caller that never finishes keeps neither the server from stopping nor the next from starting",
  async ({ start }) => {
    const server = await start();
    const request = await beginRequest(server.url, GRADIENTS, { name: "Never" });
    server.signal("SIGTERM");
    const next = start();
    const { code, stderr } = await within("the server to end", server.ended);
    request.close();
    assertEquals(code, 0, stderr);
    assertEquals(await cleanStarts(await next), [true, true]);
  },
);

/** Whether each start so far came after an orderly stop, newest first. */
async function cleanStarts({ url }: ServerProcess) {
  const entries = await createApiClient(url).entries("categories=system&limit=200");
  return entries.filter(({ action }) => action === "server.started").map(({ metadata }) => metadata["clean"]);
}
