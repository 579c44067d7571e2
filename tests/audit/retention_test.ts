import { assert, assertEquals } from "@std/assert";
import { statSync } from "node:fs";
import { readRunTimes } from "../../src/audit/prune_sql.ts";
import { readPlace } from "../../src/audit/state_sql.ts";
import { readUnusedParts } from "../../src/audit/text_sql.ts";
import type { DatabasePlace } from "../../src/runtime/database.ts";
import { dbPath, filePlace, openEngine, type TestEngine, withEngine, withTempDir } from "../support/engine.ts";
import { until } from "../support/faults.ts";
import { assertFinds, assertOnRecord, assertSound, awake, recordMany, rowsOf, told } from "./removal_checks.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 5, 1);

const clockFrom = (clock: { ms: number }) => ({ now: () => clock.ms });

const recordAt = async (engine: TestEngine, clock: { ms: number }, times: readonly number[]) => {
  for (const ms of times) {
    clock.ms = ms;
    await recordMany(engine, 1, `at ${ms}`);
  }
};

const indexAll = async (engine: TestEngine) => {
  await engine.blockIndex.catchUp();
  while (await engine.textIndex.step());
};

const succeeds = async ({ retention, sql }: TestEngine) => {
  await awake(retention.run());
  assertEquals(retention.lastError(), undefined);
  assertEquals(await readUnusedParts(sql), []);
};

Deno.test("the newest entries are kept, with room for the one that tells of the rest", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 300);
    await engine.settings.change({ maxEntries: 100 });
    await succeeds(engine);
    const rows = await assertSound(engine);
    assertEquals([rows.length, rows[0]?.seq], [100, 203]);
    assertEquals(await told(engine.sql, "activity_log.pruned"), [
      { seq: 302, actor: "system", metadata: { deleted: 202, up_to_seq: 202 } },
    ]);
    await succeeds(engine);
    assertEquals((await rowsOf(engine.sql)).length, 100, "a second run finds nothing");
    await recordMany(engine, 1);
    await succeeds(engine);
    assertEquals((await told(engine.sql, "activity_log.pruned")).at(-1)?.metadata, { deleted: 2, up_to_seq: 204 });
    await assertOnRecord(engine);
  }));

Deno.test("a log within its limits is left alone", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 99);
    await engine.settings.change({ maxEntries: 100 });
    await succeeds(engine);
    assertEquals((await rowsOf(engine.sql)).length, 100);
    await engine.settings.change({ maxDays: null, maxEntries: null });
    await succeeds(engine);
    assertEquals(await told(engine.sql, "activity_log.pruned"), []);
  }));

Deno.test("a run asked for by somebody is the system's, and turns of a batch leave nothing over", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 6000);
    await indexAll(engine);
    await engine.settings.change({ maxEntries: 500 });
    await awake(engine.context.run({ actor: "desk", recorded: () => {} }, () => engine.retention.run()));
    const rows = await assertSound(engine);
    assertEquals(rows.length, 500);
    assertEquals((await told(engine.sql, "activity_log.pruned")).map(({ actor, metadata }) => [actor, metadata]), [
      ["system", { deleted: 5502, up_to_seq: 5502 }],
    ]);
  }));

Deno.test("by age goes what lies before the first entry that is young enough, however the clock stepped", async () => {
  const clock = { ms: START };
  await withEngine(async (engine) => {
    const now = START + 100 * DAY;
    const old = [0, 1, 2].map((day) => START + day * DAY);
    const ahead = now + 900 * DAY;
    await recordAt(engine, clock, [...old, ahead, START + 5 * DAY, now - 10 * DAY, START, now - 9 * DAY]);
    clock.ms = now;
    await succeeds(engine);
    const rows = await assertSound(engine);
    assertEquals(rows.map(({ message }) => message.replace(/ \d+$/, "")).slice(0, 3), [
      `at ${now - 10 * DAY}`,
      `at ${START}`,
      `at ${now - 9 * DAY}`,
    ]);
    assertEquals((await told(engine.sql, "activity_log.pruned"))[0]?.metadata, { deleted: 5, up_to_seq: 5 });
  }, { clock: clockFrom(clock) });
});

Deno.test("entries from the future keep none that are too old, and none goes before it can be judged", async () => {
  const clock = { ms: START };
  await withEngine(async (engine) => {
    const now = START + 200 * DAY;
    await recordAt(engine, clock, [START, START + DAY, now + 300 * DAY, START + DAY, now + 301 * DAY, now + 302 * DAY]);
    clock.ms = now;
    await succeeds(engine);
    assertEquals((await told(engine.sql, "activity_log.pruned"))[0]?.metadata, { deleted: 4, up_to_seq: 4 });
    await assertSound(engine);
  }, { clock: clockFrom(clock) });
});

Deno.test("age is found through the blocks as it is row by row", async () => {
  const clock = { ms: START };
  await withEngine(async (engine) => {
    await recordMany(engine, 5000);
    // One stray from the past and one from the future make both blocks look as if they overlapped.
    clock.ms = START + 400 * DAY;
    await recordMany(engine, 1);
    clock.ms = START;
    await recordMany(engine, 1999);
    await indexAll(engine);
    clock.ms = START + 60 * DAY;
    await recordMany(engine, 300);
    clock.ms = START + 100 * DAY;
    await engine.settings.change({ maxEntries: null });
    await succeeds(engine);
    assertEquals((await told(engine.sql, "activity_log.pruned"))[0]?.metadata, { deleted: 7000, up_to_seq: 7000 });
    await assertSound(engine);
  }, { clock: clockFrom(clock) });
});

Deno.test("everything may be too old: what is left is the entry that says so", async () => {
  const clock = { ms: START };
  await withEngine(async (engine) => {
    await recordMany(engine, 2500);
    clock.ms = START + 91 * DAY;
    await succeeds(engine);
    const rows = await assertSound(engine);
    assertEquals(rows.map(({ seq, action }) => [seq, action]), [[2501, "activity_log.pruned"]]);
    await indexAll(engine);
    await recordMany(engine, 5000);
    await indexAll(engine);
    await assertFinds(engine, await assertSound(engine), { q: "x 12", entityId: "dev_3" });
  }, { clock: clockFrom(clock) });
});

Deno.test("after a leap of the clock age waits for a steady day, while the number counts at once", async () => {
  const clock = { ms: START };
  await withEngine(async (engine) => {
    await recordMany(engine, 200);
    await succeeds(engine);
    const pruned = async () => (await told(engine.sql, "activity_log.pruned")).length;
    clock.ms = START + 4000 * DAY;
    for (let hour = 0; hour < 24; hour++) {
      await succeeds(engine);
      assertEquals(await pruned(), 0, `hour ${hour}`);
      clock.ms += HOUR;
    }
    clock.ms -= 4000 * DAY; // the clock is right again: what was written is not too old
    await succeeds(engine);
    assertEquals((await readRunTimes(engine.sql)).steadySince, clock.ms);
    clock.ms += 23 * HOUR;
    await succeeds(engine);
    assertEquals(await pruned(), 0);
    await engine.settings.change({ maxEntries: 100 });
    await succeeds(engine);
    assertEquals(await pruned(), 1);
    clock.ms += 91 * DAY;
    await succeeds(engine);
    for (let hour = 0; hour < 24; hour++) {
      assertEquals(await pruned(), 1, `hour ${hour}`);
      clock.ms += HOUR;
      await succeeds(engine);
    }
    assertEquals([await pruned(), (await rowsOf(engine.sql)).length], [1, 1], "a steady day has passed");
    assertEquals((await readRunTimes(engine.sql)).steadySince, null);
  }, { clock: clockFrom(clock) });
});

Deno.test("the limits hold also for rows that no index has reached", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 2000);
    assertEquals((await readPlace(engine.sql)).indexed, 0);
    await engine.settings.change({ maxEntries: 150 });
    await succeeds(engine);
    await assertSound(engine);
    await recordMany(engine, 5000);
    await engine.settings.change({ maxEntries: 4000 });
    await succeeds(engine);
    await assertSound(engine);
    await indexAll(engine);
    const rows = await assertSound(engine);
    for (const filter of [{}, { q: "x 77" }, { entityId: "dev_2" }, { actions: ["activity_log.pruned"] }]) {
      await assertFinds(engine, rows, filter);
    }
  }));

/** Opens an engine whose runs end after so many batches, as if the process had ended there. */
async function cutOff(place: DatabasePlace, batches: number): Promise<void> {
  const engine = await openEngine(place);
  const stop = new AbortController();
  engine.retention.start(stop.signal);
  const before = (await readPlace(engine.sql)).floor;
  const running = engine.retention.run();
  let floors = 0;
  for (let floor = before; floors < batches;) {
    const now = (await readPlace(engine.sql)).floor;
    if (now !== floor) [floor, floors] = [now, floors + 1];
    else await new Promise((resolve) => setTimeout(resolve, 0));
  }
  stop.abort();
  await running;
  await engine.close();
}

Deno.test("a run that is cut off between two batches is on record after the next", () =>
  withTempDir(async (dir) => {
    const place = filePlace(dir);
    const first = await openEngine(place);
    await recordMany(first, 6000);
    await indexAll(first);
    await first.settings.change({ maxEntries: 100 });
    await first.close();
    for (const _ of [1, 2]) await cutOff(place, 2);
    const engine = await openEngine(place);
    const { floor } = await readPlace(engine.sql);
    assert(floor >= 1024 && floor < 5900, `cut off at ${floor}`);
    await assertFinds(engine, await assertSound(engine), { q: "x 12" });
    assertEquals(await told(engine.sql, "activity_log.pruned"), []);
    await succeeds(engine);
    assertEquals((await told(engine.sql, "activity_log.pruned")).map(({ metadata }) => metadata), [
      { deleted: 5902, up_to_seq: 5902 },
    ]);
    await assertOnRecord(engine);
    await engine.close();
  }));

Deno.test("what a run removed before it was cut off is on record also when nothing more has to go", () =>
  withTempDir(async (dir) => {
    const place = filePlace(dir);
    const first = await openEngine(place);
    await recordMany(first, 6000);
    await first.settings.change({ maxEntries: 100 });
    await first.close();
    await cutOff(place, 1);
    const engine = await openEngine(place);
    await engine.settings.change({ maxEntries: null });
    const { floor } = await readPlace(engine.sql);
    await succeeds(engine);
    assertEquals((await told(engine.sql, "activity_log.pruned")).map(({ metadata }) => metadata), [
      { deleted: floor, up_to_seq: floor },
    ]);
    await engine.close();
  }));

Deno.test("the record of an earlier removal goes only when another has taken its place", () =>
  withTempDir(async (dir) => {
    const place = filePlace(dir);
    const first = await openEngine(place);
    await recordMany(first, 150);
    await first.settings.change({ maxEntries: 100 });
    await succeeds(first);
    await recordMany(first, 5000);
    await first.close();
    await cutOff(place, 2);
    const engine = await openEngine(place);
    const [between] = await told(engine.sql, "activity_log.pruned");
    assertEquals(between?.metadata["deleted"], Number(between?.metadata["up_to_seq"]) - 52);
    await succeeds(engine);
    const records = await told(engine.sql, "activity_log.pruned");
    const last = records.at(-1)!.metadata;
    assertEquals(Number(last["deleted"]), Number(last["up_to_seq"]) - Number(between?.metadata["up_to_seq"]));
    await assertOnRecord(engine);
    assertEquals((await assertSound(engine)).length, 100);
    await engine.close();
  }));

Deno.test("limits that are widened in time save what has not gone yet", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 6000);
    await engine.settings.change({ maxEntries: 100 });
    const running = engine.retention.run();
    await until("a batch", async () => (await readPlace(engine.sql)).floor > 0);
    await engine.settings.change({ maxEntries: 10_000 });
    const again = engine.retention.run();
    await awake(Promise.all([running, again]));
    const rows = await assertSound(engine);
    assert(rows.length > 1000, `${rows.length} are left`);
    await assertOnRecord(engine);
  }));

Deno.test("runs never overlap: one asked for meanwhile follows, and many are one", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 3000);
    await engine.settings.change({ maxEntries: 1000 });
    const first = engine.retention.run();
    await until("it has begun", async () => (await readPlace(engine.sql)).floor > 0);
    await engine.settings.change({ maxEntries: 200 });
    const [second, third] = [engine.retention.run(), engine.retention.run()];
    assert(second === third);
    await awake(Promise.all([first, second]));
    assertEquals((await assertSound(engine)).length, 200);
  }));

Deno.test("a failing database fails the run, not its caller, and the next run makes good", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 300);
    await engine.settings.change({ maxEntries: 100 });
    await engine.recorder.change((tx) =>
      tx.run("CREATE TRIGGER refuse BEFORE DELETE ON activity_log BEGIN SELECT raise(ABORT, 'no'); END")
    );
    await awake(engine.retention.run());
    assert(String(engine.retention.lastError()).includes("no"), String(engine.retention.lastError()));
    assertEquals((await engine.health()).retention_failing, true);
    await engine.recorder.change((tx) => tx.run("DROP TRIGGER refuse"));
    await succeeds(engine);
    assertEquals((await assertSound(engine)).length, 100);
  }));

Deno.test("writes go on while a run removes, and what is written stays", () =>
  withEngine(async (engine) => {
    engine.textIndex.start(new AbortController().signal);
    await recordMany(engine, 8000);
    await engine.settings.change({ maxEntries: 1000 });
    let running = true;
    const done = engine.retention.run().then(() => running = false);
    let written = 0;
    while (running) {
      await recordMany(engine, 1, "meanwhile");
      written++;
    }
    await awake(done);
    assert(written > 5, `${written} writes`);
    const rows = await assertSound(engine);
    assertEquals(rows.filter(({ message }) => message.startsWith("meanwhile")).length, written);
    assert(rows.length <= 1000 + written);
    await assertOnRecord(engine);
  }));

Deno.test("when nine of ten entries go, four fifths of the file go with them", () =>
  withEngine(async (engine, dir) => {
    await recordMany(engine, 20_000, "a sentence that is about as long as those that people read there");
    await indexAll(engine);
    await engine.sql.background.all("PRAGMA wal_checkpoint(TRUNCATE)");
    const size = () => statSync(dbPath(dir)).size + statSync(`${dbPath(dir)}-wal`).size;
    const before = size();
    await engine.settings.change({ maxEntries: 2000 });
    await succeeds(engine);
    const after = size();
    assert(after < before / 5, `${before} bytes became ${after}`);
    const rows = await assertSound(engine);
    await assertFinds(engine, rows, { q: "people read there 7" });
    assertEquals(await engine.sql.get("PRAGMA integrity_check"), { integrity_check: "ok" });
  }));

Deno.test("a run ends within a batch when it is stopped, and none begins afterwards", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 6000);
    await engine.settings.change({ maxEntries: 100 });
    const running = engine.retention.run();
    await until("a batch", async () => (await readPlace(engine.sql)).floor > 0);
    await engine.retention.stop();
    await awake(running);
    const { floor } = await readPlace(engine.sql);
    assert(floor < 5900, `it went on to ${floor}`);
    await awake(engine.retention.run());
    assertEquals((await readPlace(engine.sql)).floor, floor);
  }));
