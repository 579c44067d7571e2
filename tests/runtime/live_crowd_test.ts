import { assert, assertEquals } from "@std/assert";
import { connectLive, openLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { beginUpgrade, connectRaw } from "./raw_http.ts";
import { eventually, within } from "./waiting.ts";

processTest("300 sockets that say nothing are sent away, and a good client comes in after them", async ({ start }) => {
  const { url } = await start();
  const api = createApiClient(url);
  const idle = await Promise.all(Array.from({ length: 300 }, () => openLive(url)));
  await api.create("gradients", { name: "Sunset" });
  const good = await eventually(
    "a good client to come in",
    () => connectLive(url, { afterSeq: 0 }).catch(() => undefined),
  );
  await good.reached(await api.head());
  const codes = (await within("the idle sockets to be closed", Promise.all(idle.map(({ closed }) => closed))))
    .map(({ code }) => code);
  assertEquals([...new Set(codes)].sort(), [1013, 4401]);
  assertEquals(codes.filter((code) => code === 4401).length, 256);
  const rejected = (await api.entries("limit=200")).filter(({ action }) => action === "auth.rejected");
  assert(rejected.length <= 10, `${rejected.length} rejections of one address are on record`);
  await good.close();
});

processTest("callers that ask for an upgrade and vanish do the server no harm", async ({ start }) => {
  const { url } = await start();
  const client = await connectLive(url);
  for (const path of ["/nowhere", "/api/v1/gradients", "/api/v1/events/ws"]) {
    for (let at = 0; at < 20; at++) {
      (await beginUpgrade(url, path)).close();
      const connection = await connectRaw(url);
      await connection.write(`GET /health HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`);
      await connection.read(1); // the rest stays unread, so that the close is a reset
      await beginUpgrade(url, path, { on: connection });
      connection.close();
    }
  }
  await createApiClient(url).create("gradients", { name: "Sunset" });
  await client.reached(await createApiClient(url).head());
  await client.close();
});

processTest("a wish to upgrade a plain request, as some HTTP/2 clients have, is ignored", async ({ start }) => {
  const { url } = await start();
  const connection = await beginUpgrade(url, "/health", { protocol: "h2c" });
  const answer = new TextDecoder().decode(await within("the answer", connection.read()));
  assert(answer.startsWith("HTTP/1.1 200 "), answer);
  connection.close();
});
