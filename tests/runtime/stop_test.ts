import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connectLive } from "../support/live_client.ts";
import { processTest, type ServerProcess } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { beginRequest } from "./raw_http.ts";
import { eventually, within } from "./waiting.ts";

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
    const first = await start();
    const watcher = await connectLive(first.url);
    const request = await beginRequest(first.url, GRADIENTS, { name: "Last" });
    first.signal("SIGTERM");
    assertEquals((await within("the watcher to be sent away", watcher.closed)).code, 1001);
    const next = start();
    // The second start has come as far as the lock, which the first still holds.
    await eventually(
      "the first server to be there still",
      async () => (await readServerFile(first))?.pid === first.pid || undefined,
    );
    const answer = await request.finish();
    assertStringIncludes(answer, "HTTP/1.1 201 ");
    const { code, stderr } = await within("the first server to end", first.ended);
    assertEquals(code, 0, stderr);
    const api = createApiClient((await next).url);
    assertEquals(
      (await api.list("gradients")).map(({ name }) => name),
      ["Last"],
    );
    const created = (await api.entries()).filter(({ action }) => action === "entity.created");
    assertEquals(created.map(({ entity_name }) => entity_name), ["Last"]);
  },
);

processTest("a server that is stopping takes no new request", async ({ start }) => {
  const server = await start();
  const watcher = await connectLive(server.url);
  const request = await beginRequest(server.url, GRADIENTS, { name: "Last" });
  server.signal("SIGTERM");
  await within("the watcher to be sent away", watcher.closed);
  const refused = eventually(
    "the port to be closed",
    () => createApiClient(server.url).call("GET", "/health").then(() => undefined, () => true),
    2000,
  );
  assert(await refused);
  await request.finish();
  assertEquals((await within("the server to end", server.ended)).code, 0);
});

processTest("a second signal ends the server at once, and all that was acknowledged is there", async ({ start }) => {
  const server = await start();
  const watcher = await connectLive(server.url);
  const kept = await createApiClient(server.url).create("gradients", { name: "Kept" });
  const request = await beginRequest(server.url, GRADIENTS, { name: "Never" });
  server.signal("SIGTERM");
  await within("the watcher to be sent away", watcher.closed);
  const { code } = await within("the server to end", server.kill("SIGTERM"));
  assertEquals(code, 1);
  request.close();
  const next = await start();
  assertEquals((await createApiClient(next.url).list("gradients")).map(({ id }) => id), [kept.id]);
  assertEquals(await cleanStarts(next), [false, true]);
});

processTest("a caller that never finishes does not keep the server from stopping", async ({ start }) => {
  const server = await start();
  const request = await beginRequest(server.url, GRADIENTS, { name: "Never" });
  const { code, stderr } = await within("the server to end", server.kill("SIGTERM"));
  request.close();
  assertEquals(code, 0, stderr);
  assertEquals(await cleanStarts(await start()), [true, true]);
});

/** Whether each start so far came after an orderly stop, newest first. */
async function cleanStarts({ url }: ServerProcess) {
  const entries = await createApiClient(url).entries("categories=system&limit=200");
  return entries.filter(({ action }) => action === "server.started").map(({ metadata }) => metadata["clean"]);
}
