import { assert, assertEquals } from "@std/assert";
import { caughtUp, connectLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { type ApiClient, createApiClient } from "./api_client.ts";

const seqs = (entries: readonly { readonly seq: number }[]) => entries.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function createGradients(api: ApiClient, count: number): Promise<void> {
  for (let at = 0; at < count; at++) await api.create("gradients", { name: `Gradient ${crypto.randomUUID()}` });
}

processTest(
  "a client gets all that came after its place, the very entries of the table, then caught_up, then what happens",
  async ({ start }) => {
    const { url } = await start();
    const api = createApiClient(url);
    await createGradients(api, 450); // more than the table is read for at once
    const client = await connectLive(url, { afterSeq: 3 });
    const caught = await caughtUp(client);
    assertEquals(caught >= client.greeting.head_seq, true);
    assertEquals(seqs(client.entries), range(4, caught));
    assertEquals(client.messages.findIndex(({ type }) => type === "caught_up"), 1 + client.entries.length);
    await createGradients(api, 3);
    await client.reached(caught + 3);
    assertEquals(seqs(client.entries), range(4, caught + 3));
    const listed = await api.entries("limit=200");
    assertEquals(client.entries.slice(-200).map(({ entry }) => entry).reverse(), listed);
    await client.close();
  },
);

processTest(
  "a client without a place starts at the head and is told at once that it has caught up",
  async ({ start }) => {
    const { url } = await start();
    await createGradients(createApiClient(url), 3);
    const client = await connectLive(url);
    assertEquals(await caughtUp(client), client.greeting.head_seq);
    assertEquals(client.entries, []);
    await client.close();
  },
);

processTest(
  "an unknown log, or a place beyond the head, is reset to the head; a known one is not",
  async ({ start }) => {
    const { url } = await start();
    const api = createApiClient(url);
    const { greeting, close } = await connectLive(url);
    await close();
    const wrong = [{ afterSeq: 1, logId: "another" }, { logId: "another" }, {
      afterSeq: 1_000_000,
      logId: greeting.log_id,
    }];
    for (const options of [...wrong, { afterSeq: 1_000_000 }]) {
      const client = await connectLive(url, options);
      assertEquals(await caughtUp(client), client.greeting.head_seq, JSON.stringify(options));
      assertEquals(client.messages.map(({ type }) => type), ["auth_ok", "reset", "caught_up"]);
      await createGradients(api, 1);
      await client.reached(client.greeting.head_seq + 1);
      await client.close();
    }
    const known = await connectLive(url, { afterSeq: 1, logId: greeting.log_id });
    await caughtUp(known);
    assertEquals(known.messages.filter(({ type }) => type === "reset"), []);
    assertEquals(seqs(known.entries), range(2, known.greeting.head_seq));
    await known.close();
  },
);

processTest("clients hear of every change of an entity, each once", async ({ start }) => {
  const { url } = await start();
  const api = createApiClient(url);
  const client = await connectLive(url);
  await caughtUp(client);
  const { id } = await api.create("scene-presets", { name: "Evening" });
  await api.update("scene-presets", id, { name: "Late evening" });
  await api.update("scene-presets", id, { name: "Late evening" });
  await api.remove("scene-presets", id);
  await client.until("the deletion", ({ type, change }) => type === "entity_changed" && change === "deleted");
  await client.reached(await api.head());
  const changes = client.messages.filter(({ type }) => type === "entity_changed");
  const about = { type: "entity_changed", entity_type: "scene_preset", entity_id: id };
  assertEquals(changes, ["created", "updated", "deleted"].map((change) => ({ ...about, change })));
  assertEquals(client.entries.map(({ entry }) => entry.action), ["entity.created", "entity.updated", "entity.deleted"]);
  await client.close();
});

processTest("whatever a client says after its first message does no harm to it or to others", async ({ start }) => {
  const { url } = await start();
  const api = createApiClient(url);
  const [noisy, quiet] = [await connectLive(url), await connectLive(url)];
  const noise = ["", "{", "x".repeat(900_000), new Uint8Array(900_000), JSON.stringify({ type: "auth", after_seq: 0 })];
  for (const message of noise) noisy.send(message);
  await createGradients(api, 3);
  const head = await api.head();
  for (const client of [noisy, quiet]) await client.reached(head);
  assertEquals(noisy.messages.filter(({ type }) => type === "auth_ok").length, 1);
  assertEquals(seqs(quiet.entries), range(quiet.greeting.head_seq + 1, head));
  noisy.send("x".repeat(20_000_000)); // here it may be closed
  await createGradients(api, 3);
  await quiet.reached(head + 3);
  assert((await api.entries()).every(({ action }) => action !== "auth.rejected"));
  await Promise.all([noisy.cut(), quiet.close()]);
});
