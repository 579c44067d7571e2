import { assertEquals } from "@std/assert";
import { authMessage, caughtUp, connectLive, openLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { eventually, within } from "./waiting.ts";

/** The reasons of the rejections on record, oldest first, once there are so many. */
const rejections = (url: string, count: number, token?: string) =>
  eventually(`${count} rejections`, async () => {
    const entries = await createApiClient(url, token).entries("categories=auth&limit=200");
    const rejected = entries.filter(({ action }) => action === "auth.rejected");
    return rejected.length < count ? undefined : rejected.map(({ metadata }) => metadata["reason"]).reverse();
  });

processTest("a client is greeted with its name, the newest seq and the name of the log", async ({ start }) => {
  const { url } = await start();
  const api = createApiClient(url);
  const anonymous = await connectLive(url);
  assertEquals(anonymous.greeting.actor, "anonymous");
  assertEquals(anonymous.greeting.head_seq, await api.head());
  const token = await api.createKey({ label: "desk" });
  assertEquals((await within("the anonymous client to be sent away", anonymous.closed)).code, 4401);
  const desk = await connectLive(url, { token });
  assertEquals(desk.greeting, { ...anonymous.greeting, actor: "desk", head_seq: anonymous.greeting.head_seq + 2 });
  const [entry] = await createApiClient(url, token).entries("categories=auth&limit=1");
  assertEquals([entry?.action, entry?.actor, entry?.metadata], ["auth.ws_connected", "desk", { client: "127.0.0.1" }]);
  await desk.close();
});

processTest(
  "a first message that is no valid authentication closes the socket with 4401 and is on record",
  async ({ start }) => {
    const { url } = await start();
    const malformed = [
      "",
      "{",
      "[]",
      "null",
      '"auth"',
      "{}",
      '{"type":"auth","after_seq":-1}',
      new Uint8Array([123, 125]),
    ];
    for (const message of [...malformed, JSON.stringify({ type: "auth", token: "x".repeat(100_000) })]) {
      const client = await openLive(url);
      client.send(message);
      assertEquals((await within("the socket to close", client.closed)).code, 4401, String(message).slice(0, 40));
      assertEquals(client.messages, []);
    }
    assertEquals(await rejections(url, 9), Array(9).fill("auth_malformed"));
  },
);

processTest("a wrong, missing or revoked token closes the socket with 4401 and is on record", async ({ start }) => {
  const { url } = await start();
  const token = await createApiClient(url).createKey({ label: "boss" });
  const gone = await createApiClient(url, token).createKey({ label: "gone" });
  await createApiClient(url, token).revokeKey("gone");
  for (const wrong of [undefined, "", "not-the-token-of-anybody", gone]) {
    const client = await openLive(url);
    client.send(authMessage({ token: wrong }));
    assertEquals((await within("the socket to close", client.closed)).code, 4401, `token ${wrong}`);
    assertEquals(client.messages, []);
  }
  assertEquals(await rejections(url, 4, token), ["token_missing", ...Array(3).fill("token_unknown")]);
});

processTest(
  "a client that says nothing for five seconds is closed with 4401, and that is on record",
  async ({ start }) => {
    const { url } = await start();
    const begun = performance.now();
    const client = await openLive(url);
    assertEquals((await within("the socket to close", client.closed)).code, 4401);
    assertEquals(performance.now() - begun >= 4900, true, "it was given less than five seconds");
    assertEquals(await rejections(url, 1), ["auth_late"]);
  },
);

processTest(
  "a page of a foreign, opaque or malformed origin, or a foreign host, is closed with 4403, and that is on record",
  async ({ start }) => {
    const { url } = await start();
    const foreign = ["https://evil.example", "http://127.0.0.1:1", "null", "http://[::1", ""];
    for (const origin of foreign) {
      const client = await openLive(url, { headers: { Origin: origin } });
      assertEquals((await within("the socket to close", client.closed)).code, 4403, `origin ${origin}`);
      assertEquals(client.messages, []);
    }
    const elsewhere = await openLive(url, { headers: { Host: "evil.example" } });
    assertEquals((await within("the socket to close", elsewhere.closed)).code, 4403);
    const reasons = await rejections(url, 6);
    assertEquals(reasons.slice(0, 2), ["origin_foreign", "origin_foreign"]);
    assertEquals(reasons.slice(2), ["origin_malformed", "origin_malformed", "origin_malformed", "host_foreign"]);
    await (await connectLive(url, { headers: { Origin: url } })).close();
  },
);

processTest("revoking a key closes its sockets with 4401 and no other", async ({ start }) => {
  const { url } = await start();
  const boss = await createApiClient(url).createKey({ label: "boss" });
  const api = createApiClient(url, boss);
  const desk = await api.createKey({ label: "desk", role: "viewer" });
  const hall = await api.createKey({ label: "hall", role: "viewer" });
  const [first, second] = [await connectLive(url, { token: desk }), await connectLive(url, { token: desk })];
  const others = [await connectLive(url, { token: hall }), await connectLive(url, { token: boss })];
  await api.revokeKey("desk");
  for (const { closed } of [first, second]) assertEquals((await within("the socket to close", closed)).code, 4401);
  await api.create("gradients", { name: "Sunset" });
  const head = await api.head();
  for (const other of others) {
    await other.reached(head);
    await other.close();
  }
});

processTest(
  "a socket is closed with 4401 when its key expires, and the key lets nobody in again",
  async ({ start }) => {
    const { url } = await start();
    const boss = await createApiClient(url).createKey({ label: "boss" });
    const expires_at = new Date(Date.now() + 1500).toISOString();
    const token = await createApiClient(url, boss).createKey({ label: "guest", role: "viewer", expires_at });
    const client = await connectLive(url, { token });
    await caughtUp(client);
    assertEquals((await within("the socket to close", client.closed)).code, 4401);
    assertEquals(Date.now() >= Date.parse(expires_at), true, "it was closed before the key expired");
    const again = await openLive(url);
    again.send(authMessage({ token }));
    assertEquals((await within("the socket to close", again.closed)).code, 4401);
  },
);

processTest("a server that stops closes every socket with 1001", async ({ start }) => {
  const server = await start();
  const clients = [await connectLive(server.url), await openLive(server.url)];
  server.signal("SIGTERM");
  for (const { closed } of clients) assertEquals((await within("the socket to close", closed)).code, 1001);
  assertEquals((await within("the server to end", server.ended)).code, 0);
});
