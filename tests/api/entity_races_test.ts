import { assert, assertEquals } from "@std/assert";
import { type TestApp, withApp } from "../support/app.ts";
import { bodyOf, textOf } from "./answers.ts";
import { changesIn, get, make, makeId, put, remove } from "./entities.ts";
import { connect } from "./live.ts";

const tally = (answers: readonly Response[]) => {
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  return {
    done: count(200),
    conflict: count(409),
    stale: count(412),
    other: answers.length - count(200) - count(409) - count(412),
  };
};

const version = (app: TestApp, id: string) =>
  app.rows<{ version: number }>(`SELECT version FROM entity WHERE id = '${id}'`)[0]?.version;

Deno.test("of many updates with one If-Match exactly one is made", async () => {
  await withApp(async (app) => {
    const id = await makeId(app, "gradient");
    const rename = (_: unknown, n: number) => put(app, "gradient", id, { name: `Name ${n}` }, '"1"');
    const answers = await Promise.all(Array.from({ length: 20 }, rename));
    assertEquals(tally(answers), { done: 1, conflict: 0, stale: 19, other: 0 });
    const winner = answers.findIndex(({ status }) => status === 200);
    assertEquals((await bodyOf(await get(app, "gradient", id)))["name"], `Name ${winner}`);
    assertEquals(changesIn(app).length, 2);
  });
});

Deno.test("updates of different fields at the same time lose nothing of each other", async () => {
  await withApp(async (app) => {
    const id = textOf(await make(app, "output_target"), "id");
    const changes = {
      name: "Shelf",
      fps: 60,
      brightness: 0.5,
      reverse: true,
      tags: ["a"],
      first_led: 3,
      description: "x",
    };
    const each = Object.entries(changes).map(([field, value]) => ({ field, body: { [field]: value } }));
    const answers = await Promise.all(each.map(({ body }) => put(app, "output_target", id, body)));
    assertEquals(tally(answers), { done: each.length, conflict: 0, stale: 0, other: 0 });
    const now = await bodyOf(await get(app, "output_target", id));
    assertEquals(Object.fromEntries(each.map(({ field }) => [field, now[field]])), { ...changes });
    assertEquals([version(app, id), changesIn(app).length], [1 + each.length, 1 + each.length]);
  });
});

Deno.test("updates that ask the world first are made or refused, and none is lost", async () => {
  await withApp(async (app) => {
    const id = await makeId(app, "device");
    const counts = Array.from({ length: 30 }, (_, n) => 100 + n);
    const answers = await Promise.all(counts.map((led_count) => put(app, "device", id, { led_count })));
    const { done, conflict } = tally(answers);
    assertEquals(done + conflict, counts.length);
    assert(done >= 5, `only ${done} were made`);
    const now = (await bodyOf(await get(app, "device", id)))["led_count"];
    assert(answers.some(({ status }, n) => status === 200 && counts[n] === now), `${now} was refused`);
    assertEquals([version(app, id), changesIn(app).length], [1 + done, 1 + done]);
  });
});

Deno.test("twenty who make the same change at the same time make it once", async () => {
  await withApp(async (app) => {
    const id = await makeId(app, "gradient");
    const client = await connect(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(app, "gradient", id, { name: "Dawn" })));
    assertEquals(tally(answers).done, 20);
    await remove(app, "gradient", id);
    const messages = await client.until(({ change }) => change === "deleted");
    assertEquals(messages.flatMap(({ change }) => change ?? []), ["updated", "deleted"]);
    client.close();
    assertEquals(changesIn(app).length, 3);
  });
});

Deno.test("a hundred updates, deletions and creations at once leave as many entries as changes", async () => {
  await withApp(async (app) => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, n) => makeId(app, "sync_clock", { name: `Clock ${n}` })),
    );
    const calls = Array.from({ length: 100 }, (_, n) => {
      const id = ids[n % ids.length]!;
      return n % 25 === 24 ? remove(app, "sync_clock", id) : put(app, "sync_clock", id, { speed: 0.05 + n / 4 });
    });
    const answers = await Promise.all(calls);
    const made = answers.filter(({ status }) => status === 200 || status === 204).length;
    assert(answers.every(({ status }) => [200, 204, 404].includes(status)), answers.map((a) => a.status).join());
    assertEquals(changesIn(app).length, ids.length + made);
    assertEquals(answers.filter(({ status }) => status === 204).length, 1);
    const versions = app.rows<{ n: number }>("SELECT sum(version - 1) AS n FROM entity")[0]?.n ?? 0;
    assert(versions <= made - 1);
  });
});
