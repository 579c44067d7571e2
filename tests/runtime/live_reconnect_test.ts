import { assert, assertEquals } from "@std/assert";
import { processTest } from "../support/process.ts";
import { createRandom } from "../support/random.ts";
import { createApiClient } from "./api_client.ts";
import { createFollower, type Follower } from "./follower.ts";
import { startWriters, type Writers } from "./writers.ts";
import { eventually, pause } from "./waiting.ts";

const RECONNECTS = 30;

/** Everything that was acknowledged came to the follower once, and in the order of its caller. */
function assertNothingMissing({ seen, faults }: Follower, writers: readonly Writers[], hint: string): void {
  assertEquals(faults, [], hint);
  const came = seen.filter(({ entry }) => entry.category === "entity")
    .map(({ entry }) => `${entry.action} ${entry.entity_id} ${entry.entity_name}`);
  assertEquals(new Set(came).size, came.length, `an action is on record twice; ${hint}`);
  const places = new Map(came.map((text, place) => [text, place]));
  for (const noted of writers.flatMap(({ acknowledged }) => acknowledged)) {
    assert(noted.length > 0, `a writer wrote nothing; ${hint}`);
    const order = noted.map((text) => places.get(text) ?? -1);
    assert(order.every((place, at) => place > (order[at - 1] ?? -1)), `missing or out of order; ${hint}`);
  }
}

processTest(
  "a client that loses its connection 30 times while four callers write gets every entry once and in order",
  async ({ start }) => {
    const seed = Number(Deno.env.get("LUMENLOG_TEST_SEED") ?? Date.now() % 1_000_000);
    const random = createRandom(seed);
    const server = await start();
    const follower = createFollower();
    const writers = startWriters(4, createApiClient(server.url));
    for (let at = 0; at < RECONNECTS; at++) {
      const client = await follower.connect(server.url);
      if (random.chance(0.3)) await client.reached(client.greeting.head_seq + random.int(40));
      else await pause(random.int(60));
      await (random.chance(0.5) ? client.cut() : client.close());
      if (random.chance(0.3)) await pause(random.int(40));
    }
    await writers.stop();
    await follower.catchUp(server.url);
    assertNothingMissing(follower, [writers], `seed ${seed}`);
    assertEquals(follower.last(), await createApiClient(server.url).head());
  },
);

processTest(
  "clients that begin far back while four callers write get every entry once and in order",
  async ({ start }) => {
    const { url } = await start();
    const api = createApiClient(url);
    const writers = startWriters(4, api);
    await eventually("a long log", async () => await api.head() >= 1500 || undefined);
    const followers = Array.from({ length: 6 }, (_, at) => createFollower(at * 100));
    const clients = await Promise.all(followers.map((follower) => follower.connect(url)));
    for (const client of clients) await client.reached(client.greeting.head_seq + 100);
    await writers.stop();
    const head = await api.head();
    for (const [at, client] of clients.entries()) {
      await client.reached(head);
      await client.close();
      assertEquals(followers[at]!.faults, []);
      assertEquals(followers[at]!.last(), head);
    }
  },
);

processTest(
  "a client misses nothing when the server is killed and started again, time after time",
  async ({ start }) => {
    const follower = createFollower();
    const all: Writers[] = [];
    for (let round = 0; round < 5; round++) {
      const server = await start();
      const client = await follower.connect(server.url);
      const writers = startWriters(4, createApiClient(server.url), `Round ${round} writer`);
      all.push(writers);
      await client.reached(client.greeting.head_seq + 40);
      await server.kill("SIGKILL");
      await client.closed;
      await writers.stop();
    }
    const server = await start();
    await follower.catchUp(server.url);
    assertNothingMissing(follower, all, "");
    const starts = follower.seen.filter(({ entry }) => entry.action === "server.started");
    assertEquals(starts.map(({ entry }) => entry.metadata["clean"]), [true, false, false, false, false, false]);
  },
);
