import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { SqlValue, Tx } from "../../src/audit/ports.ts";
import { addThing, commitOne, contract, createThings, thingIds } from "./adapters.ts";

contract("units run in the order in which they were given, each with its own value", async ({ sql }) => {
  await createThings(sql);
  const ran: number[] = [];
  const units = [4, 2, 9, 1].map((id) => ({
    work: async (tx: Tx) => {
      const row = await tx.get<{ n: number }>("SELECT count(*) AS n FROM thing");
      await tx.run("INSERT INTO thing (id, value) VALUES (?, ?)", [id, row!.n]);
      ran.push(id);
      return `unit ${id}`;
    },
  }));
  const outcomes = await sql.commit(units);
  assertEquals(outcomes.map((outcome) => outcome.ok && outcome.value), ["unit 4", "unit 2", "unit 9", "unit 1"]);
  assertEquals(ran, [4, 2, 9, 1]);
  const rows = await sql.all("SELECT id, value FROM thing ORDER BY value");
  assertEquals(rows.map((row) => row["id"]), [4, 2, 9, 1], "each unit sees what the units before it wrote");
});

contract("a unit is stored whole or not at all, and its neighbours do not notice", async ({ sql }) => {
  await createThings(sql);
  const outcomes = await sql.commit([
    { work: addThing(1) },
    {
      work: async (tx) => {
        await tx.run("INSERT INTO thing (id) VALUES (2)");
        throw new Error("changed my mind");
      },
    },
    {
      work: async (tx) => {
        await tx.run("INSERT INTO thing (id) VALUES (3)");
        await tx.run("INSERT INTO thing (id) VALUES (3)");
      },
    },
    { work: addThing(4) },
  ]);
  assertEquals(outcomes.map((outcome) => outcome.ok), [true, false, false, true]);
  assertEquals(await thingIds(sql), [1, 4]);
  const [, thrown, refused] = outcomes;
  assert(thrown && !thrown.ok && refused && !refused.ok);
  assert(thrown.error instanceof Error && refused.error instanceof Error && "code" in refused.error);
  assertEquals(thrown.error.message, "changed my mind");
  assertStringIncludes(String(refused.error.code), "SQLITE_CONSTRAINT");
  assertStringIncludes(refused.error.message, "thing.id");
  assertEquals([thrown.unavailable, refused.unavailable], [undefined, undefined]);
});

contract("a single write that is refused leaves nothing and its neighbours stored", async ({ sql }) => {
  await createThings(sql);
  const outcomes = await sql.commit([1, 1, 2].map((id) => ({ work: addThing(id), single: true })));
  assertEquals(outcomes.map((outcome) => outcome.ok), [true, false, true]);
  assertEquals(await thingIds(sql), [1, 2]);
});

contract("a statement that does not exist in SQL is the unit's own failure", async ({ sql }) => {
  await createThings(sql);
  const outcomes = await sql.commit([
    { work: (tx) => tx.run("INSERTED INTO thing (id) VALUES (1)") },
    { work: (tx) => tx.run("INSERT INTO nothing (id) VALUES (1)") },
    { work: (tx) => tx.all("SELECT nothing") },
    { work: addThing(1) },
  ]);
  assertEquals(outcomes.map((outcome) => outcome.ok), [false, false, false, true]);
  assertEquals(outcomes.map((outcome) => !outcome.ok && outcome.unavailable === true), [false, false, false, false]);
});

contract("a unit cannot read after it has written", async ({ sql }) => {
  await createThings(sql);
  const work = async (tx: Tx) => {
    await tx.run("INSERT INTO thing (id) VALUES (1)");
    await tx.get("SELECT id FROM thing");
  };
  await assertRejects(() => commitOne(sql, work), Error, "reads first");
  assertEquals(await thingIds(sql), []);
});

contract("the handle of a unit is of no use after its end", async ({ sql }) => {
  await createThings(sql);
  const kept: Tx[] = [];
  await commitOne(sql, (tx) => Promise.resolve(void kept.push(tx)));
  await assertRejects(() => kept[0]!.run("INSERT INTO thing (id) VALUES (1)"), Error, "has ended");
  await assertRejects(() => kept[0]!.all("SELECT id FROM thing"), Error, "has ended");
  assertEquals(await thingIds(sql), []);
});

contract("readers do not see what is not committed", async ({ sql }) => {
  await createThings(sql);
  const seen = await commitOne(sql, async (tx) => {
    await tx.run("INSERT INTO thing (id) VALUES (1)");
    return await thingIds(sql);
  });
  assertEquals(seen, []);
  assertEquals(await thingIds(sql), [1], "and see it as soon as it is");
});

const VALUES: readonly SqlValue[] = [
  null,
  "",
  "plain",
  "quotes ' \" and ? and :x",
  "İstanbul, ΟΔΟΣ, 日本語, 💡👩‍👩‍👧, e\u0301, \ufeff",
  "long ".repeat(200_000),
  0,
  -1,
  0.1,
  1e300,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  new Uint8Array([0, 1, 254, 255]),
  new Uint8Array(0),
];

contract("every value comes back as it was given", async ({ sql }) => {
  await createThings(sql);
  await sql.commit(VALUES.map((value, id) => ({ work: addThing(id, value) })));
  const stored = await sql.all<{ value: SqlValue }>("SELECT value FROM thing ORDER BY id");
  assertEquals(stored.map((row) => row.value), [...VALUES]);
  const inUnit = await commitOne(sql, (tx) => tx.all<{ value: SqlValue }>("SELECT value FROM thing ORDER BY id"));
  assertEquals(inUnit.map((row) => row.value), [...VALUES]);
});

contract("whole numbers in a column of whole numbers stay exact", async ({ sql }) => {
  await createThings(sql);
  await commitOne(sql, addThing(Number.MAX_SAFE_INTEGER));
  const row = await sql.get("SELECT id, typeof(id) AS type, id - 1 AS less FROM thing");
  assertEquals(row, { id: Number.MAX_SAFE_INTEGER, type: "integer", less: Number.MAX_SAFE_INTEGER - 1 });
});

contract("a unit without writes is stored without a trace and gives its value", async ({ sql }) => {
  await createThings(sql);
  const before = await sql.get("SELECT count(*) AS n FROM commit_token");
  assertEquals(await commitOne(sql, () => Promise.resolve("nothing to do")), "nothing to do");
  assertEquals(await commitOne(sql, (tx) => tx.get("SELECT id FROM thing")), undefined);
  assertEquals(await sql.get("SELECT count(*) AS n FROM commit_token"), before);
  assertEquals(await sql.commit([]), []);
});

contract("references must exist, within a unit and when what they name is deleted", async ({ sql }) => {
  await createThings(sql);
  const dangling = (tx: Tx) => tx.run("INSERT INTO thing (id, parent) VALUES (2, 99)");
  await assertRejects(() => commitOne(sql, dangling), Error, "FOREIGN KEY");
  await commitOne(sql, addThing(1));
  await commitOne(sql, (tx) => tx.run("INSERT INTO thing (id, parent) VALUES (2, 1)"));
  await assertRejects(() => commitOne(sql, (tx) => tx.run("DELETE FROM thing WHERE id = 1")), Error, "FOREIGN KEY");
  assertEquals(await thingIds(sql), [1, 2]);
});

contract("one row or none", async ({ sql }) => {
  await createThings(sql);
  assertEquals(await sql.get("SELECT id FROM thing"), undefined);
  await sql.commit([1, 2].map((id) => ({ work: addThing(id) })));
  assertEquals(await sql.get("SELECT id AS number, parent FROM thing ORDER BY id DESC"), { number: 2, parent: null });
  assertEquals(await sql.all("SELECT id FROM thing WHERE id > ?", [2]), []);
});
