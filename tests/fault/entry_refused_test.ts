import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Sql } from "../../src/audit/ports.ts";
import type { DatabasePlace } from "../../src/runtime/database.ts";
import { commitOne, createThings, thingIds } from "../contract/adapters.ts";
import { filePlace, withTempDir } from "../support/engine.ts";
import {
  lossesOnRecord,
  openQuickEngine,
  type QuickEngine,
  readSoundLog,
  reopenAndGoOn,
  untilLossesAreRecorded,
} from "../support/faults.ts";
import { remoteTest, withSqld } from "../support/sqld.ts";

/** Makes the database refuse rows that hold the word: ABORT ends the statement, ROLLBACK the whole transaction. */
const refuse = (sql: Sql, how: "ABORT" | "ROLLBACK", table: "activity_log" | "thing", column: string, word: string) =>
  commitOne(sql, (tx) =>
    tx.run(
      `CREATE TRIGGER refuse_${table} BEFORE INSERT ON ${table} WHEN NEW.${column} LIKE '%${word}%'
       BEGIN SELECT RAISE(${how}, 'refused by the test'); END`,
    ));

function everywhere(name: string, work: (engine: QuickEngine) => Promise<void>): void {
  const onPlace = async (place: DatabasePlace) => {
    const engine = await openQuickEngine(place);
    await createThings(engine.sql);
    await work(engine);
    await engine.close();
    await reopenAndGoOn(place);
  };
  Deno.test(`${name} (on a local file)`, () => withTempDir((dir) => onPlace(filePlace(dir))));
  remoteTest(`${name} (on a remote sqld)`, () => withSqld(({ url }) => onPlace({ kind: "remote", url })));
}

const add = ({ recorder }: QuickEngine, id: number, value: string, ...messages: string[]) =>
  recorder.change(async (tx) => {
    await tx.run("INSERT INTO thing (id, value) VALUES (?, ?)", [id, value]);
    for (const message of messages) tx.record("entity", "entity.created", { message });
    return id;
  });

for (const how of ["ABORT", "ROLLBACK"] as const) {
  const scope = how === "ABORT" ? "a statement" : "the whole transaction";
  everywhere(`a change whose entry cannot be stored stays, without it, when ${scope} is undone`, async (engine) => {
    await refuse(engine.sql, how, "activity_log", "entry", "poison");
    const values = await Promise.all([
      add(engine, 1, "", "one"),
      add(engine, 2, "", "two", "two is poison"),
      engine.recordOne("alone"),
      engine.recordOne("alone and poison"),
      add(engine, 3, "", "three"),
    ]);
    assertEquals(values, [1, 2, undefined, undefined, 3]);
    assertEquals(await thingIds(engine.sql), [1, 2, 3]);
    await untilLossesAreRecorded(engine);
    const log = await readSoundLog(engine.sql);
    const told = log.map((row) => row.message).filter((message) => !message.includes("could not"));
    assertEquals(told, ["one", "alone", "three"]);
    assertEquals([lossesOnRecord(log), (await engine.health()).lost], [3, 3]);
  });

  everywhere(`a change that is refused takes no neighbour with it when ${scope} is undone`, async (engine) => {
    await refuse(engine.sql, how, "thing", "value", "poison");
    const bad = assertRejects(() => add(engine, 2, "poison", "two"), Error, "refused by the test");
    await Promise.all([add(engine, 1, "", "one"), bad, engine.recordOne("alone"), add(engine, 3, "", "three")]);
    assertEquals((await readSoundLog(engine.sql)).map((row) => row.message).sort(), ["alone", "one", "three"]);
    assertEquals(await thingIds(engine.sql), [1, 3]);
    assertEquals((await engine.health()).lost, 0);
  });
}

Deno.test("a change that swallows the end of its transaction cannot write outside of any", () =>
  withTempDir(async (dir) => {
    const engine = await openQuickEngine(filePlace(dir));
    await createThings(engine.sql);
    await refuse(engine.sql, "ROLLBACK", "thing", "value", "poison");
    const stubborn = engine.recorder.change(async (tx) => {
      await tx.run("INSERT INTO thing (id, value) VALUES (1, 'poison')").catch(() => {});
      await tx.run("INSERT INTO thing (id, value) VALUES (2, 'on its own')");
    });
    await assertRejects(() => stubborn);
    await engine.recordOne("after");
    assertEquals(await thingIds(engine.sql), []);
    assertEquals((await readSoundLog(engine.sql)).map((row) => row.message), ["after"]);
    await engine.close();
  }));

Deno.test("losses that are not on record when the log stops are put on record then", () =>
  withTempDir(async (dir) => {
    const engine = await openQuickEngine(filePlace(dir));
    await refuse(engine.sql, "ABORT", "activity_log", "entry", "poison");
    await engine.recordOne("poison");
    await engine.close();
    const log = await reopenAndGoOn(filePlace(dir));
    assertEquals(lossesOnRecord(log), 1);
    assert(log.length === 1);
  }));
