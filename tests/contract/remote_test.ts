import { assert, assertEquals, assertRejects } from "@std/assert";
import type { DatabasePlace } from "../../src/runtime/database.ts";
import {
  lossesOnRecord,
  openQuickEngine,
  type QuickEngine,
  readSoundLog,
  reopenAndGoOn,
  until,
  untilLossesAreRecorded,
} from "../support/faults.ts";
import { remoteTest, withSqld } from "../support/sqld.ts";
import { createThings, thingIds } from "./adapters.ts";
import { type Fate, type Proxy, startProxy } from "./proxy.ts";

const remote = (url: string): DatabasePlace => ({ kind: "remote", url });

const addThing = ({ recorder }: QuickEngine, id: number) =>
  recorder.change(async (tx) => {
    await tx.run("INSERT INTO thing (id) VALUES (?)", [id]);
    tx.record("entity", "entity.created", { message: `thing ${id}` });
  });

const isWrite = (request: string) => request.includes("INSERT INTO commit_token");

/** An engine that reaches its database through a network that the test can break. */
function withBreakableNetwork(work: (engine: QuickEngine, proxy: Proxy, place: DatabasePlace) => Promise<void>) {
  return withSqld(async ({ port, url }) => {
    const proxy = await startProxy(port);
    const engine = await openQuickEngine(remote(proxy.url));
    try {
      await createThings(engine.sql);
      await work(engine, proxy, remote(url));
    } finally {
      await engine.close();
      await proxy.close();
    }
  });
}

/** What happens to the next writes, one after the other; whatever comes then passes. Tells what is left. */
function fateOfWrites(proxy: Proxy, ...fates: Fate[]): readonly Fate[] {
  proxy.decide((request) => isWrite(request) ? fates.shift() ?? "pass" : "pass");
  return fates;
}

remoteTest(
  "two servers on one database write at once without a gap, a loss or a double",
  () =>
    withSqld(async ({ url }) => {
      const engines = [await openQuickEngine(remote(url)), await openQuickEngine(remote(url))];
      await createThings(engines[0]!.sql);
      const expected: string[] = [];
      const work: Promise<unknown>[] = [];
      for (const [who, engine] of engines.entries()) {
        for (let i = 0; i < 150; i++) {
          const id = who * 1000 + i;
          expected.push(i % 3 === 0 ? `alone ${id}` : `thing ${id}`);
          work.push(i % 3 === 0 ? engine.recordOne(`alone ${id}`) : addThing(engine, id));
        }
      }
      await Promise.all(work);
      const log = await readSoundLog(engines[0]!.sql);
      assertEquals(log.map((row) => row.message).sort(), expected.sort());
      const things = log.map((row) => row.message).filter((message) => message.startsWith("thing "));
      assertEquals((await thingIds(engines[1]!.sql)).map((id) => `thing ${id}`).sort(), things.sort());
      for (const engine of engines) assertEquals((await engine.health()).lost, 0);
      for (const engine of engines) await engine.close();
    }),
);

remoteTest("a server that writes without a pause does not shut another one out", () =>
  withSqld(async ({ url }) => {
    const [busy, other] = [await openQuickEngine(remote(url)), await openQuickEngine(remote(url))];
    await createThings(busy.sql);
    let written = 0;
    let going = true;
    const writer = async () => {
      while (going) await busy.recordOne(`busy ${++written}`);
    };
    const writers = [writer(), writer()];
    await until("the busy one writes", () => written > 10);
    const outcomes: string[] = [];
    for (let id = 1; id <= 15; id++) outcomes.push(await addThing(other, id).then(() => "stored", String));
    going = false;
    await Promise.all(writers);
    assertEquals(outcomes, Array.from({ length: 15 }, () => "stored"));
    assertEquals((await readSoundLog(busy.sql)).length, written + 15);
    await busy.close();
    await other.close();
  }));

// The HTTP client repeats a request by itself when its connection ends: a second cut reaches our own repetition.
const FATES: Readonly<Record<string, readonly Fate[]>> = {
  "never arrives": ["cut before"],
  "does not arrive three times": ["cut before", "cut before", "cut before"],
  "is stored but whose answer is lost": ["cut after"],
  "is stored but whose answer is lost, and does not arrive when it is repeated": ["cut after", "cut before"],
  "is lost on the way, then stored without an answer": ["cut before", "cut before", "cut after", "cut before"],
};

for (const [name, fates] of Object.entries(FATES)) {
  remoteTest(`a write that ${name} is stored exactly once`, () =>
    withBreakableNetwork(async (engine, proxy, place) => {
      for (const round of [1, 2]) {
        const forChange = fateOfWrites(proxy, ...fates);
        await addThing(engine, round);
        const forEntry = fateOfWrites(proxy, ...fates);
        await engine.recordOne(`alone ${round}`);
        assert(forChange.length < fates.length && forEntry.length < fates.length, "the network was cut");
      }
      const expected = [1, 2].flatMap((round) => [`thing ${round}`, `alone ${round}`]);
      assertEquals((await readSoundLog(engine.sql)).map((row) => row.message), expected);
      assertEquals(await thingIds(engine.sql), [1, 2]);
      assertEquals((await engine.health()).lost, 0);
      await engine.recorder.stop();
      await reopenAndGoOn(place);
    }));
}

remoteTest(
  "a change whose answer is lost resolves with the value of the run that was stored",
  () =>
    withBreakableNetwork(async (engine, proxy) => {
      fateOfWrites(proxy, "cut after");
      let runs = 0;
      const value = await engine.recorder.change(async (tx) => {
        const run = ++runs;
        await tx.run("INSERT INTO thing (id, value) VALUES (1, ?)", [run]);
        return run;
      });
      assertEquals(await engine.sql.get("SELECT value FROM thing"), { value });
    }),
);

remoteTest(
  "a lost answer while another server writes on does not store anything twice",
  () =>
    withBreakableNetwork(async (engine, proxy, place) => {
      const other = await openQuickEngine(place);
      let cuts = 0;
      proxy.decide((request) => isWrite(request) && ++cuts % 3 === 1 ? "cut after" : "pass");
      const ids = Array.from({ length: 20 }, (_, i) => i + 1);
      await Promise.all(ids.flatMap((id) => [addThing(engine, id), addThing(other, 100 + id)]));
      const log = await readSoundLog(other.sql);
      const expected = ids.flatMap((id) => [`thing ${id}`, `thing ${100 + id}`]);
      assertEquals(log.map((row) => row.message).sort(), expected.sort());
      assertEquals((await thingIds(other.sql)).length, 40);
      await other.close();
    }),
);

remoteTest(
  "without network a change is refused, entries are counted as lost, and on record once it is back",
  () =>
    withBreakableNetwork(async (engine, proxy, place) => {
      await engine.recordOne("before");
      proxy.unplug();
      const waits = engine.waits();
      const waiting = [1, 2, 3].map((id) =>
        assertRejects(() => addThing(engine, id), Error, "Cannot reach the database")
      );
      const entries = ["a", "b"].map((message) => engine.recordOne(message));
      await Promise.all([...waiting, ...entries]);
      assert(engine.waits() - waits < 10, "whoever waits is told together, not one time limit after the other");
      await until("the log says that it stores nothing", async () => !(await engine.health()).storing);
      const { lost, unrecorded, head_seq } = await engine.health();
      assertEquals({ lost, unrecorded, head_seq }, { lost: 2, unrecorded: 2, head_seq: null });
      proxy.plug();
      await until("storage works", async () => (await engine.health()).storing);
      await untilLossesAreRecorded(engine);
      await addThing(engine, 4);
      const log = await readSoundLog(engine.sql);
      assertEquals(log.map((row) => row.action), ["fault", "activity_log.entries_lost", "entity.created"]);
      assertEquals(lossesOnRecord(log), 2);
      assertEquals(await thingIds(engine.sql), [4]);
      await engine.recorder.stop();
      await reopenAndGoOn(place);
    }),
);
