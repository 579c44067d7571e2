import { assert, assertEquals } from "@std/assert";
import type { Sink } from "../../src/audit/mod.ts";
import { createLive } from "../../src/audit/live.ts";
import { createRing } from "../../src/audit/ring.ts";
import { type TestEngine, withEngine } from "../support/engine.ts";
import { until } from "../support/faults.ts";
import { createRandom } from "../support/random.ts";

interface Message {
  readonly type: string;
  readonly seq?: number;
  readonly from_seq?: number;
  readonly to_seq?: number;
}

/** A client made by hand. While `stalled` it takes everything and lets nothing go. */
function createClient() {
  const messages: Message[] = [];
  const state = { stalled: false, buffered: 0, sent: 0 };
  const sink: Sink = {
    send: (text) => {
      state.sent++;
      if (state.stalled) state.buffered += text.length;
      // Our own messages.
      messages.push(JSON.parse(text) as Message);
    },
    buffered: () => state.buffered,
  };
  const drain = () => {
    state.stalled = false;
    state.buffered = 0;
  };
  const seqs = () => messages.filter((message) => message.type === "activity_logged").map((message) => message.seq!);
  const types = () => messages.map((message) => message.type);
  return { messages, sink, state, drain, seqs, types };
}

type Client = ReturnType<typeof createClient>;

/** Follows the log with the client; `stop` ends that and waits for the end. */
function follow({ live }: TestEngine, client: Client, afterSeq: number) {
  const stop = new AbortController();
  const ended = live.follow(client.sink, afterSeq, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

const record = ({ recorder }: TestEngine, count: number, bytes = 1) =>
  recorder.change((tx) => {
    for (let i = 0; i < count; i++) tx.record("system", "tick", { message: "x".repeat(bytes) });
    return Promise.resolve();
  });

const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const caughtUp = (client: Client) => until("caught_up", () => client.types().includes("caught_up"));
const hasSeq = (client: Client, seq: number) => until(`entry ${seq}`, () => client.seqs().includes(seq));

/** Takes the oldest rows away, as clear and prune do. */
const removeUpTo = ({ recorder }: TestEngine, seq: number) =>
  recorder.change(async (tx) => {
    await tx.run("DELETE FROM activity_log WHERE seq <= ?", [seq]);
    await tx.run("UPDATE activity_state SET floor_seq = max(floor_seq, ?) WHERE id = 1", [seq]);
  });

for (const seed of [1, 2, 3]) {
  Deno.test(`every entry comes once and in order, whenever a client is cut off (seed ${seed})`, () =>
    withEngine(async (engine) => {
      const random = createRandom(seed);
      const received: number[] = [];
      let total = 0;
      let going = true;
      const write = async () => {
        while (going) {
          const count = 1 + random.int(40);
          total += count;
          await record(engine, count);
          if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.int(3)));
        }
      };
      const writing = write();
      for (let visit = 0; visit < 30; visit++) {
        const client = createClient();
        const wanted = random.int(120);
        const stop = follow(engine, client, received.at(-1) ?? 0);
        await until("some messages", () => client.state.sent >= wanted);
        await stop();
        const sent = client.state.sent;
        received.push(...client.seqs());
        await record(engine, 1);
        total++;
        assertEquals(client.state.sent, sent, "nothing comes after the end");
        assert(!client.types().includes("gap"));
      }
      going = false;
      await writing;
      const client = createClient();
      const stop = follow(engine, client, received.at(-1) ?? 0);
      await caughtUp(client);
      await stop();
      assertEquals([...received, ...client.seqs()], run(1, total));
      assertEquals(engine.live.followers(), 0);
    }));
}

Deno.test("caught_up comes once, after what was stored before and before what comes later", () =>
  withEngine(async (engine) => {
    await record(engine, 450);
    const clients = [0, 440, 450].map((after) => ({ after, client: createClient() }));
    const stops = clients.map(({ after, client }) => follow(engine, client, after));
    for (const { client } of clients) await caughtUp(client);
    await record(engine, 3);
    for (const { client } of clients) await hasSeq(client, 453);
    for (const { after, client } of clients) {
      assertEquals(client.seqs(), run(after + 1, 453));
      const at = client.types().indexOf("caught_up");
      assertEquals([at, client.types().lastIndexOf("caught_up"), client.messages[at]?.seq], [450 - after, at, 450]);
    }
    for (const stop of stops) await stop();
  }));

Deno.test("what was removed while a client was away is a gap", () =>
  withEngine(async (engine) => {
    await record(engine, 20);
    await removeUpTo(engine, 12);
    const client = createClient();
    const stop = follow(engine, client, 5);
    await caughtUp(client);
    assertEquals(client.messages[0], { type: "gap", from_seq: 6, to_seq: 12 });
    assertEquals(client.seqs(), run(13, 20));
    await stop();
  }));

Deno.test("when everything was cleared the gap reaches to the head, and the log goes on behind it", () =>
  withEngine(async (engine) => {
    await record(engine, 20);
    await removeUpTo(engine, 20);
    const client = createClient();
    const stop = follow(engine, client, 5);
    await caughtUp(client);
    assertEquals(client.messages, [{ type: "gap", from_seq: 6, to_seq: 20 }, { type: "caught_up", seq: 20 }]);
    await record(engine, 1);
    await hasSeq(client, 21);
    await stop();
  }));

Deno.test("state messages come in order, also among entries", () =>
  withEngine(async (engine) => {
    const client = createClient();
    const stop = follow(engine, client, 0);
    await caughtUp(client);
    for (let i = 1; i <= 50; i++) {
      engine.live.announce(JSON.stringify({ type: "entity_changed", seq: 1000 + i }));
      if (i % 10 === 0) await record(engine, 1);
    }
    await hasSeq(client, 5);
    const states = client.messages.filter((message) => message.type === "entity_changed");
    assertEquals(states.map((message) => message.seq), run(1001, 1050));
    assertEquals(client.seqs(), run(1, 5));
    assert(!client.types().includes("resync"));
    await stop();
  }));

Deno.test("a stalled client is sent no more than its limit, misses no entry and learns that it missed state", () =>
  withEngine(async (engine) => {
    const client = createClient();
    const stop = follow(engine, client, 0);
    await caughtUp(client);
    client.state.stalled = true;
    engine.live.announce(JSON.stringify({ type: "entity_changed", seq: 1 }));
    let total = 0;
    for (let i = 0; i < 60; i++) {
      await record(engine, 100, 500);
      total += 100;
      engine.live.announce(JSON.stringify({ type: "entity_changed", seq: 2 + i }));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert(client.state.buffered < 256 * 1024 + 2000, `${client.state.buffered} bytes wait`);
    assert(client.seqs().length < total);
    client.drain();
    await hasSeq(client, total);
    await until("resync", () => client.types().includes("resync"));
    assertEquals(client.seqs(), run(1, total));
    assertEquals(client.types().filter((type) => type === "caught_up").length, 1);
    engine.live.announce(JSON.stringify({ type: "entity_changed", seq: 99 }));
    await until("live again", () => client.messages.at(-1)?.seq === 99);
    await stop();
  }));

Deno.test("a client that lags behind by entries alone is not told to look at state again", () =>
  withEngine(async (engine) => {
    const client = createClient();
    const stop = follow(engine, client, 0);
    await caughtUp(client);
    client.state.stalled = true;
    for (let i = 0; i < 40; i++) await record(engine, 100, 500);
    client.drain();
    await hasSeq(client, 4000);
    assertEquals(client.seqs(), run(1, 4000));
    assert(!client.types().includes("resync"));
    await stop();
  }));

Deno.test("the messages kept for all clients are bounded in number and in size", () => {
  const ring = createRing({ frames: 100, characters: 1000 });
  for (let i = 0; i < 1000; i++) ring.push({ text: "x", seq: i });
  assertEquals([ring.start(), ring.end()], [900, 1000]);
  assertEquals([ring.at(899), ring.at(900)?.seq, ring.at(999)?.seq, ring.at(1000)], [undefined, 900, 999, undefined]);
  ring.push({ text: "y".repeat(990), seq: undefined });
  assertEquals([ring.start(), ring.lastDroppedState()], [990, -1]);
  ring.push({ text: "z".repeat(5000), seq: undefined });
  assertEquals([ring.start(), ring.end(), ring.lastDroppedState()], [1001, 1002, 1000]);
});

Deno.test("a stalled client whose connection ends is let go without waiting for its next look", () =>
  withEngine(async (engine) => {
    await record(engine, 1000, 500);
    const neverAgain = { after: engine.ports.turn.after, delay: () => () => {} };
    const live = createLive({ sql: engine.sql, turn: neverAgain });
    const client = createClient();
    client.state.stalled = true;
    const stop = follow({ ...engine, live }, client, 0);
    await until("it is full", () => client.state.buffered > 256 * 1024);
    await stop();
    assertEquals(live.followers(), 0);
  }));

Deno.test("a client whose connection ends is let go at once, wherever it stands", () =>
  withEngine(async (engine) => {
    await record(engine, 1000, 500);
    const clients = [createClient(), createClient(), createClient()];
    clients[0]!.state.stalled = true;
    const stops = clients.map((client, index) => follow(engine, client, index === 1 ? 1000 : 0));
    await until("the stalled one is full", () => clients[0]!.state.buffered > 256 * 1024);
    await caughtUp(clients[1]!);
    for (const stop of stops) await stop();
    const sent = clients.map((client) => client.state.sent);
    await record(engine, 10);
    engine.live.announce("{}");
    assertEquals(clients.map((client) => client.state.sent), sent);
    assertEquals(engine.live.followers(), 0);
  }));
