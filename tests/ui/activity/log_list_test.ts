import { assertEquals } from "@std/assert";
import { type Entry, entryTest } from "../../../src/audit/mod.ts";
import type { Filter } from "../../../src/ui/activity/filter.ts";
import { createLogList, type LogList } from "../../../src/ui/activity/log_list.ts";
import { createRandom } from "../../support/random.ts";
import { createLogServer, type LogServer } from "./log_server.ts";

const SIZES = { pages: { first: 5, further: 7 }, bounds: { rows: 40, waiting: 12 } };

const open = ({ deps }: LogServer, filter: Filter = {}) => createLogList(deps, { ...SIZES, filter });
const ids = (entries: readonly Entry[]) => entries.map(({ id }) => id);
const shown = (list: LogList) => ids(list.state.value.rows.map(({ entry }) => entry));
const newest = (server: LogServer, count: number) => ids(server.entries().toReversed().slice(0, count));

Deno.test("the newest page is shown, and older ones as they are asked for, to the end", async () => {
  const server = createLogServer({ entries: 20 });
  const list = open(server);
  assertEquals(list.state.value.phase, "loading");
  await server.settle();
  assertEquals(shown(list), newest(server, 5));
  assertEquals(list.state.value.total, { count: 20, capped: false });
  for (const count of [12, 19, 20]) {
    list.more();
    await server.settle();
    assertEquals(shown(list), newest(server, count));
  }
  assertEquals(list.state.value.next, undefined);
});

Deno.test("new entries come in on top, gathered in one frame, if they match", async () => {
  const server = createLogServer({ entries: 3 });
  const filter: Filter = { categories: ["auth", "device"] };
  const list = open(server, filter);
  await server.settle();
  let changes = 0;
  const stop = list.state.subscribe(() => void changes++);
  server.append(30);
  assertEquals(changes, 1);
  server.frame();
  stop();
  const expected = ids(server.entries().filter(entryTest(filter)).toReversed());
  assertEquals(shown(list), expected);
  assertEquals(list.state.value.total?.count, expected.length);
});

Deno.test("while it is held nothing is put above what is read; let go, what waited is there", async () => {
  const server = createLogServer({ entries: 5 });
  const list = open(server);
  await server.settle();
  const before = list.state.value.rows;
  list.hold(true);
  server.append(4);
  server.frame();
  assertEquals(list.state.value.rows, before);
  assertEquals(list.state.value.waitingCount, 4);
  list.hold(false);
  assertEquals(shown(list), newest(server, 9));
  assertEquals(list.state.value.waitingCount, 0);
});

Deno.test("what waits can be shown while the list stays held", async () => {
  const server = createLogServer({ entries: 5 });
  const list = open(server);
  await server.settle();
  list.hold(true);
  server.append(2);
  server.frame();
  list.show();
  server.append(1);
  server.frame();
  assertEquals(shown(list), newest(server, 8).slice(1));
  assertEquals(list.state.value.waitingCount, 1);
});

Deno.test("more than can wait is counted, and read again when it is to be shown", async () => {
  const server = createLogServer({ entries: 5 });
  const list = open(server);
  await server.settle();
  list.hold(true);
  for (let i = 0; i < 5; i++) {
    server.append(10);
    server.frame();
  }
  assertEquals(list.state.value.waitingCount, 50);
  assertEquals(list.state.value.waiting, []);
  list.show();
  await server.settle();
  assertEquals(shown(list), newest(server, 5));
  assertEquals(list.state.value.waitingCount, 0);
});

Deno.test("a flood pushes the oldest rows out, which come back on demand", async () => {
  const server = createLogServer({ entries: 30 });
  const list = open(server);
  await server.settle();
  server.append(100);
  server.frame();
  assertEquals(shown(list), newest(server, 40));
  list.more();
  await server.settle();
  assertEquals(shown(list), newest(server, 47));
});

Deno.test("a page that was asked for before a flood does not leave a hole behind it", async () => {
  const server = createLogServer({ entries: 30 });
  const list = open(server);
  await server.settle();
  list.more();
  server.append(60);
  server.frame();
  await server.settle();
  assertEquals(shown(list), newest(server, 40));
  assertEquals(list.state.value.older, "idle");
});

Deno.test("what happens between the page and the beginning of the live stream is not missed", async () => {
  const server = createLogServer({ entries: 5, live: false });
  const list = open(server);
  await server.answer();
  server.append(3);
  server.connect();
  await server.settle();
  assertEquals(shown(list), newest(server, 8));
  assertEquals(list.state.value.total?.count, 8);
});

Deno.test("nor when the stream begins before the page is there, nor when a page does not reach so far", async () => {
  for (const missed of [3, 30]) {
    const server = createLogServer({ entries: 5, live: false });
    const list = open(server);
    await server.answer();
    server.append(missed);
    server.connect();
    server.append(2);
    await server.settle();
    const rows = shown(list);
    assertEquals(rows, newest(server, rows.length));
  }
});

Deno.test("a failure says why, and everything is there once the server is back", async () => {
  const server = createLogServer({ entries: 5, live: false });
  server.refuse(true);
  const list = open(server);
  await server.settle();
  assertEquals([list.state.value.phase, list.state.value.problem?.type], ["failed", "unreachable"]);
  server.refuse(false);
  server.append(1);
  server.connect();
  await server.settle();
  assertEquals(shown(list), newest(server, 5));
});

Deno.test("older entries that cannot be read leave what is there, and come by trying again", async () => {
  const server = createLogServer({ entries: 20 });
  const list = open(server);
  await server.settle();
  server.refuse(true);
  list.more();
  await server.settle();
  assertEquals([list.state.value.older, shown(list).length], ["failed", 5]);
  server.refuse(false);
  list.retry();
  await server.settle();
  assertEquals(shown(list), newest(server, 12));
});

Deno.test("rows that are pruned or cleared from the log go here too", async () => {
  const server = createLogServer({ entries: 8 });
  const list = open(server);
  await server.settle();
  list.more();
  await server.settle();
  server.prune(6);
  await server.settle();
  assertEquals(shown(list), newest(server, 3));
  assertEquals([list.state.value.removed, list.state.value.total?.count], [true, 3]);
  server.clear();
  await server.settle();
  assertEquals(shown(list), newest(server, 1));
});

Deno.test("a list that is left hears and asks no more", async () => {
  const server = createLogServer({ entries: 5 });
  const list = open(server);
  await server.settle();
  const asked = server.asked();
  list.dispose();
  const before = list.state.value;
  server.append(3);
  server.clear();
  await server.settle();
  assertEquals(list.state.value, before);
  assertEquals(server.asked(), asked);
});

Deno.test("rows of another filter are shown where they match, until the answer comes", async () => {
  const server = createLogServer({ entries: 30 });
  const list = open(server);
  await server.settle();
  const filter: Filter = { severities: ["error"] };
  const next = createLogList(server.deps, { ...SIZES, filter, rows: list.state.value.rows });
  const known = list.state.value.rows.filter(({ entry }) => entry.severity === "error");
  assertEquals(next.state.value.rows, known);
  await server.settle();
  assertEquals(shown(next), ids(server.entries().filter(entryTest(filter)).toReversed().slice(0, 5)));
});

Deno.test("whatever happens, in the end each matching entry is there once and in order", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = createRandom(seed);
    const filter: Filter = random.chance(0.5) ? {} : { categories: ["auth", "system", "device"] };
    const server = createLogServer({ entries: random.int(40), seed, live: random.chance(0.5) });
    const list = open(server, filter);
    const steps: readonly (() => void | Promise<void>)[] = [
      () => server.append(random.int(20)),
      () => server.append(1),
      () => server.frame(),
      () => server.answer(),
      () => server.answer(false),
      () => list.more(),
      () => list.hold(random.chance(0.5)),
      () => list.show(),
      () => server.disconnect(),
      () => server.connect(),
      () => server.prune(random.int(10)),
      () => random.chance(0.1) ? server.clear() : undefined,
      () => list.retry(),
    ];
    for (let step = 0; step < 60; step++) await random.pick(steps)();
    server.connect();
    list.hold(false);
    await server.settle();
    for (let i = 0; i < 100 && list.state.value.next !== undefined; i++) {
      list.more();
      await server.settle();
    }
    const expected = ids(server.entries().filter(entryTest(filter)).toReversed());
    assertEquals(shown(list), expected, `seed ${seed}`);
    assertEquals(list.state.value.total?.count, expected.length, `seed ${seed}`);
    list.dispose();
  }
});

Deno.test("where only the server can tell what belongs here, it is asked for what is new, and follows what it says", async () => {
  const server = createLogServer({ entries: 60 });
  server.relate(["dev_1"]);
  const about = (...wanted: readonly (string | null)[]) =>
    ids(server.entries().filter(({ entity_id }) => wanted.includes(entity_id)).toReversed());
  const list = open(server, { relatedTo: "dev_1" });
  await server.settle();
  assertEquals(shown(list), about("dev_1").slice(0, 5));
  assertEquals(list.state.value.total?.count, about("dev_1").length);
  for (let round = 0; round < 20; round++) {
    const asked = server.asked();
    server.append(3);
    await server.settle();
    assertEquals(shown(list).slice(0, 5), about("dev_1").slice(0, 5));
    assertEquals(list.state.value.total?.count, about("dev_1").length);
    assertEquals(server.asked() - asked <= 2, true, "each few entries are one question");
  }
  server.relate(["dev_1", "dev_2"]);
  server.append(1);
  await server.settle();
  assertEquals(shown(list).slice(0, 5), about("dev_1", "dev_2").slice(0, 5));
  list.hold(true);
  const before = shown(list);
  server.append(30);
  await server.settle();
  assertEquals(shown(list), before);
  list.hold(false);
  await server.settle();
  assertEquals(shown(list).slice(0, 5), about("dev_1", "dev_2").slice(0, 5));
  assertEquals(list.state.value.total?.count, about("dev_1", "dev_2").length);
});
