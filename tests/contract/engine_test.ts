import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Entry, type Filter, seqOfEntryId } from "../../src/audit/mod.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import type { TestEngine } from "../support/engine.ts";
import { contract, createThings, thingIds } from "./adapters.ts";

const rowsOf = async ({ sql }: TestEngine) =>
  // Our own canonical text.
  (await readRowsAfter(sql, 0, 10_000)).map(({ seq, entry }) => ({ seq, ...JSON.parse(entry) as Entry }));

const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Many entries in one change, which is one commit on every adapter. */
const recordMany = (engine: TestEngine, messages: readonly string[], action = "many") =>
  engine.recorder.change((tx) => {
    for (const message of messages) tx.record("system", action, { message });
    return Promise.resolve();
  });

async function page(engine: TestEngine, filter: Filter, limit = 50, beforeSeq = Number.MAX_SAFE_INTEGER) {
  const answer = await engine.query.page({ filter, limit, beforeSeq });
  // Our own canonical texts.
  const entries = JSON.parse(answer.entriesText) as Entry[];
  return { ...answer, messages: entries.map((entry) => entry.message) };
}

contract("a hundred changes at once leave no gap in seq, and refused ones take none", async (engine) => {
  await createThings(engine.sql);
  const changes = run(1, 100).map((id) =>
    engine.recorder.change(async (tx) => {
      if (id % 10 === 0) throw new Error("refused");
      await tx.run("INSERT INTO thing (id) VALUES (?)", [id]);
      tx.record("entity", "entity.created", { message: `thing ${id}` });
    })
  );
  const outcomes = await Promise.allSettled(changes);
  assertEquals(outcomes.filter((outcome) => outcome.status === "rejected").length, 10);
  const rows = await rowsOf(engine);
  assertEquals(rows.map((row) => row.seq), run(1, 90));
  assertEquals(rows.map((row) => row.message), (await thingIds(engine.sql)).map((id) => `thing ${id}`));
  assertEquals(rows.map((row) => seqOfEntryId(row.id)), run(1, 90));
});

contract("a change that the database refuses leaves no entry and the log healthy", async (engine) => {
  await createThings(engine.sql);
  const add = () =>
    engine.recorder.change(async (tx) => {
      await tx.run("INSERT INTO thing (id) VALUES (1)");
      tx.record("entity", "entity.created", {});
    });
  await add();
  await assertRejects(add, Error, "thing.id");
  assertEquals((await rowsOf(engine)).length, 1);
  const { lost, unrecorded, storing, head_seq } = await engine.health();
  assertEquals({ lost, unrecorded, storing, head_seq }, { lost: 0, unrecorded: 0, storing: true, head_seq: 1 });
});

contract("entries of one kind share it, and a filter finds a kind as soon as it is stored", async (engine) => {
  for (const [actor, action] of [["desk", "a"], ["desk", "a"], ["phone", "a"], ["desk", "b"]] as const) {
    engine.recorder.record("system", action, { actor, message: `${actor} ${action}` });
    await engine.recorder.change(() => Promise.resolve());
  }
  assertEquals(await engine.sql.get("SELECT count(*) AS n FROM activity_kind"), { n: 3 });
  assertEquals((await page(engine, { actor: "desk" })).messages, ["desk b", "desk a", "desk a"]);
  assertEquals((await page(engine, { actor: "nobody" })).messages, []);
});

contract("pages go backwards through the log and end", async (engine) => {
  await recordMany(engine, run(1, 25).map(String));
  const first = await page(engine, {}, 10);
  assertEquals([first.messages[0], first.nextBeforeSeq, first.total, first.partial], ["25", 16, 25, false]);
  const second = await page(engine, {}, 10, first.nextBeforeSeq!);
  const third = await page(engine, {}, 10, second.nextBeforeSeq!);
  assertEquals([third.messages, third.nextBeforeSeq, third.total], [["5", "4", "3", "2", "1"], null, 25]);
});

contract("text is found before and after it is indexed", async (engine) => {
  const search = async (q: string) => (await page(engine, { q })).messages;
  await recordMany(engine, ["Die Straße", "100% sure", 'say "desk"', "ΟΔΟΣ"]);
  for (const indexed of [false, true]) {
    if (indexed) assertEquals(await engine.textIndex.step(), false, "one batch holds all of it");
    assertEquals(await search("STRASSE"), ["Die Straße"]);
    assertEquals(await search("0% s"), ["100% sure"]);
    assertEquals(await search('"desk"'), ['say "desk"']);
    assertEquals(await search("οδος"), ["ΟΔΟΣ"]);
    assertEquals(await search("nowhere"), []);
    assertEquals((await engine.health()).text_behind, indexed ? 0 : 4);
  }
});

contract("the text index goes on where it stopped, batch by batch", async (engine) => {
  await recordMany(engine, run(1, 200).map((n) => `entry number ${n}`));
  assertEquals(await engine.textIndex.step(), true);
  assertEquals((await engine.health()).text_behind, 72);
  assertEquals(await engine.textIndex.step(), false);
  assertEquals((await engine.health()).text_behind, 0);
  const indexed = await engine.sql.get("SELECT count(*) AS n FROM activity_text_1 WHERE activity_text_1 MATCH 'num'");
  assertEquals(indexed, { n: 200 });
});

contract("every full run of 2048 entries notes its span of time", async (engine) => {
  await recordMany(engine, run(1, 2000).map(String), "early");
  assertEquals(await engine.sql.all("SELECT block FROM activity_block"), []);
  await recordMany(engine, run(2001, 2150).map(String), "late");
  await engine.blockIndex.catchUp();
  const blocks = await engine.sql.all<{ block: number; min_ts: string; max_ts: string }>(
    "SELECT * FROM activity_block",
  );
  const rows = await rowsOf(engine);
  assertEquals(blocks, [{ block: 0, min_ts: rows[0]!.ts, max_ts: rows[2046]!.ts }]);
  const since = rows[2100]!.ts;
  const expected = rows.filter((row) => row.ts >= since).length;
  assertEquals((await page(engine, { since })).total, expected);
  assert(expected >= 50);
});

contract("a log has a name that stays", async (engine) => {
  const name = await engine.logId();
  await recordMany(engine, ["x"]);
  assertEquals(await engine.logId(), name);
  assertEquals(await engine.head(), 1);
});
