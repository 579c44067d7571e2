import { assertEquals, assertStringIncludes } from "@std/assert";
import { connectLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { sqldMissing, startSqld } from "../support/sqld.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { startProxy } from "./frozen_proxy.ts";
import { askFor, startOnItsOwn, storyOf } from "./restarts.ts";
import { within } from "./waiting.ts";

processTest("a shutdown that somebody asks for ends the server, and the log tells who", async (processes) => {
  const server = await startOnItsOwn(processes);
  const client = await connectLive(server.url);
  assertEquals(await askFor(server.url, "shutdown"), 202);
  const told = await client.until("the shutdown", ({ type }) => type === "server_restarting");
  assertEquals(told, { type: "server_restarting", reason: "shutdown" });
  assertEquals((await within("the socket to close", client.closed)).code, 1001);
  const { code, stderr } = await within("the end", server.ended);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(await readServerFile(server), undefined);
  assertEquals(await storyOf((await processes.start()).url), [
    "server.started system clean",
    "server.shutdown_requested anonymous",
    "server.shutting_down system",
    "server.started system clean",
  ]);
});

processTest(
  "the database is whole in one file after a shutdown, whatever was written just before",
  async ({ start }) => {
    const server = await start();
    const api = createApiClient(server.url);
    const ids = [];
    for (let n = 0; n < 20; n++) ids.push((await api.create("gradients", { name: `Glow ${n}` })).id);
    assertEquals(await askFor(server.url, "shutdown"), 202);
    assertEquals((await within("the end", server.ended)).code, 0);
    const log = await Deno.stat(`${server.dataDir}/lumenlog.db-wal`).catch(() => undefined);
    assertEquals(log?.size ?? 0, 0, "nothing waits to be taken over");
    const kept = await createApiClient((await start()).url).list("gradients");
    assertEquals(kept.map(({ id }) => id).toSorted(), ids.toSorted());
  },
);

processTest(
  "what becomes of the lights at a shutdown is remembered, and its change is on record",
  async ({ start }) => {
    const first = await start();
    const path = "/api/v1/system/shutdown-action";
    const call = (url: string, method: string, body?: unknown) => createApiClient(url).call(method, path, body);
    assertEquals((await call(first.url, "GET")).json, { action: "stop_targets" });
    assertEquals((await call(first.url, "PUT", { action: "leave" })).json, { action: "leave" });
    assertEquals((await call(first.url, "PUT", { action: "leave" })).status, 200);
    assertEquals((await call(first.url, "PUT", { action: "explode" })).status, 422);
    await first.kill();
    const second = await start();
    assertEquals((await call(second.url, "GET")).json, { action: "leave" });
    const changes = await createApiClient(second.url).entries("actions=settings.changed");
    assertEquals(changes.map(({ actor, metadata }) => ({ actor, metadata })), [
      { actor: "anonymous", metadata: { setting_key: "shutdown_action", action: "leave" } },
    ]);
  },
);

processTest(
  `a stop that cannot come to its end is cut off${sqldMissing ? ` [SKIPPED: ${sqldMissing}]` : ""}`,
  async ({ start, dir }) => {
    if (sqldMissing) return;
    const sqld = await startSqld(dir);
    using database = startProxy(sqld.port);
    try {
      const server = await start({ args: ["--port", "0", "--database", database.url] });
      database.freeze();
      const { code, stderr } = await within("the end", server.kill("SIGTERM"));
      assertEquals(code, 0);
      assertStringIncludes(stderr, "The stop takes too long: what has not ended is cut off");
    } finally {
      await sqld.stop();
    }
  },
);
