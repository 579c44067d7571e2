import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../src/sql/connection.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { dbPath, withTempDir } from "../support/engine.ts";
import { openFaultyEngine, readSoundLog, until } from "../support/faults.ts";
import { runFaultTable } from "./table.ts";

/** Somebody else who writes to the same file. */
const openForeign = (dir: string): Connection => openFile(dbPath(dir), "write");

Deno.test("writes wait for a foreign process that writes, while the event loop goes on", () =>
  withTempDir(async (dir) => {
    const engine = await openFaultyEngine(dir);
    const foreign = openForeign(dir);
    foreign.exec("BEGIN IMMEDIATE; INSERT INTO thing (id) VALUES (1)");
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const done: string[] = [];
    const change = engine.recorder.change(async (tx) => {
      const row = await tx.get<{ n: number }>("SELECT count(*) AS n FROM thing");
      await tx.run("INSERT INTO thing (id) VALUES (?)", [row!.n + 1]);
      tx.record("entity", "entity.created", { message: "second" });
    }).then(() => done.push("change"));
    const entry = engine.recordOne("alone").then(() => done.push("entry"));
    await until("the event loop turns", () => ticks >= 20);
    assertEquals(done, [], "nothing is stored while the other one writes");
    foreign.exec("COMMIT");
    await Promise.all([change, entry]);
    clearInterval(timer);
    assertEquals((await readSoundLog(engine.sql)).map((row) => row.message), ["second", "alone"]);
    assertEquals(await engine.sql.all("SELECT id FROM thing"), [{ id: 1 }, { id: 2 }]);
    assertEquals((await engine.health()).lost, 0);
    foreign.close();
    await engine.close();
  }));

Deno.test("a foreign process that does not stop writing makes every write fail in the end, and losses are told", () =>
  withTempDir(async (dir) => {
    let foreign: Connection | undefined;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const outcomes = await runFaultTable(dir, {
      begin: ({ writer }) => {
        writer.exec("PRAGMA busy_timeout = 0"); // so that the test need not wait for as long
        foreign = openForeign(dir);
        foreign.exec("BEGIN IMMEDIATE");
        ticks = 0;
      },
      end: () => {
        assert(ticks > 100, `the event loop turned ${ticks} times`);
        foreign!.exec("ROLLBACK");
        foreign!.close();
      },
    });
    clearInterval(timer);
    assertEquals(outcomes, {
      "an entry alone": "entries lost",
      "a small change with its entry": "refused",
      "a large change with its entry": "refused",
      "a change with two entries": "refused",
      "a step of the text index": "refused",
    });
  }));
