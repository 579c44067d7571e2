import { assert, assertEquals, assertRejects } from "@std/assert";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import { withEngine } from "../support/engine.ts";

const rows = async (sql: Parameters<typeof readRowsAfter>[0]) =>
  (await readRowsAfter(sql, 0, 1000)).map((row) => ({ seq: row.seq, ...JSON.parse(row.entry) }));

Deno.test("an entry has its eleven fields in order and is stored once", () =>
  withEngine(async ({ recorder, sql, close: _ }) => {
    recorder.record("system", "server.started", { message: "Started", metadata: { version: "1", clean: true } });
    await recorder.stop();
    const [row] = await readRowsAfter(sql, 0, 10);
    assertEquals(Object.keys(JSON.parse(row!.entry)), [
      "id",
      "ts",
      "category",
      "action",
      "severity",
      "actor",
      "entity_type",
      "entity_id",
      "entity_name",
      "message",
      "metadata",
    ]);
    const stored = await sql.get<{ ts: string }>("SELECT ts FROM activity_log WHERE seq = 1");
    assertEquals(stored!.ts, JSON.parse(row!.entry).ts);
  }));

Deno.test("jobs of one turn are stored in the order they were made, without a gap", () =>
  withEngine(async ({ recorder, sql }) => {
    const done: Promise<unknown>[] = [];
    for (let i = 0; i < 50; i++) {
      if (i % 3 === 0) {
        done.push(recorder.change((tx) => {
          tx.record("entity", "entity.created", { message: `${i}` });
          return Promise.resolve();
        }));
      } else recorder.record("auth", "auth.rejected", { message: `${i}` });
    }
    await Promise.all(done);
    await recorder.stop();
    const all = await rows(sql);
    assertEquals(all.map((row) => row.message), Array.from({ length: 50 }, (_, i) => `${i}`));
    assertEquals(all.map((row) => row.seq), Array.from({ length: 50 }, (_, i) => i + 1));
    const ids = all.map((row) => row.id);
    assertEquals([...ids].sort(), ids);
  }));

Deno.test("a change that throws leaves nothing and takes no seq, and its neighbours are stored", () =>
  withEngine(async ({ recorder, sql }) => {
    const good = recorder.change((tx) => Promise.resolve(tx.record("entity", "a")));
    const bad = recorder.change(async (tx) => {
      tx.record("entity", "b");
      await tx.run("INSERT INTO activity_block (block, min_ts, max_ts) VALUES (7, 'a', 'b')");
      throw new Error("no");
    });
    const after = recorder.change((tx) => Promise.resolve(tx.record("entity", "c")));
    await assertRejects(() => bad, Error, "no");
    await Promise.all([good, after]);
    assertEquals((await rows(sql)).map((row) => [row.seq, row.action]), [[1, "a"], [2, "c"]]);
    assertEquals((await sql.all("SELECT * FROM activity_block")).length, 0);
  }));

Deno.test("a change that awaits something else than its transaction is refused and holds nobody up", () =>
  withEngine(async ({ recorder, sql }) => {
    const bad = recorder.change(async (tx) => {
      tx.record("entity", "bad");
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.run("DELETE FROM activity_log");
    });
    const good = recorder.change((tx) => Promise.resolve(tx.record("entity", "good")));
    await assertRejects(() => bad, Error, "may await nothing but its transaction");
    await good;
    await new Promise((resolve) => setTimeout(resolve, 80));
    assertEquals((await rows(sql)).map((row) => row.action), ["good"]);
  }));

Deno.test("a read after a write in one change is refused", () =>
  withEngine(async ({ recorder }) => {
    await assertRejects(
      () =>
        recorder.change(async (tx) => {
          await tx.run("DELETE FROM activity_block");
          await tx.all("SELECT 1");
        }),
      Error,
      "reads first",
    );
  }));

Deno.test("hostile text is cleaned before it is stored", () =>
  withEngine(async ({ recorder, sql }) => {
    recorder.record("device", "device.discovered", {
      entityType: "device",
      entityId: "x",
      entityName: "a\u0000b\u001b[31mred\u001b[0m\r\n\u2028\u202eevil\ud800!",
      message: "m".repeat(600) + "💡",
      metadata: { url: "http://user:secret@10.0.0.1/\u0007x", ok: true, n: 4, none: null },
    });
    await recorder.stop();
    const [entry] = await rows(sql);
    assertEquals(entry.entity_name, "abredevil!");
    assertEquals([...entry.message].length, 512);
    assertEquals(entry.metadata, { url: "http://10.0.0.1/x", ok: true, n: 4, none: null });
    assert(!JSON.stringify(entry).includes("secret"));
  }));

Deno.test("the actor is whoever acted when it was recorded, else system", () =>
  withEngine(async ({ recorder, sql, context }) => {
    const committed: Promise<void>[] = [];
    context.run({ actor: "desk", recorded: (promise) => committed.push(promise) }, () => recorder.record("auth", "x"));
    recorder.record("auth", "y");
    await Promise.all(committed);
    assertEquals(committed.length, 1);
    await recorder.stop();
    assertEquals((await rows(sql)).map((row) => row.actor), ["desk", "system"]);
  }));
