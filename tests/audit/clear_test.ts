import { assert, assertEquals } from "@std/assert";
import { statSync } from "node:fs";
import { readPlace } from "../../src/audit/state_sql.ts";
import { dbPath, filePlace, openEngine, type TestEngine, withEngine, withTempDir } from "../support/engine.ts";
import { until } from "../support/faults.ts";
import { assertFinds, assertOnRecord, assertSound, awake, recordMany, rowsOf, told } from "./removal_checks.ts";

interface Message {
  readonly type: string;
  readonly seq?: number;
  readonly up_to_seq?: number;
  readonly to_seq?: number;
}

/** Follows the log from the place; what it was sent, and how to end it. */
function follow({ live }: TestEngine, afterSeq: number) {
  const messages: Message[] = [];
  const stop = new AbortController();
  // Our own messages.
  const sink = { send: (text: string) => void messages.push(JSON.parse(text) as Message), buffered: () => 0 };
  const ended = live.follow(sink, afterSeq, stop.signal);
  const end = async () => {
    stop.abort();
    await ended;
  };
  return { messages, end };
}

const clearAs = (engine: TestEngine, actor: string) =>
  engine.context.run({ actor, recorded: () => {} }, () => engine.clear());

Deno.test("clearing leaves one entry, which says who did it, how much went and up to where", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 5000);
    await engine.blockIndex.catchUp();
    await engine.textIndex.step();
    assertEquals(await clearAs(engine, "desk"), { deleted: 5000, upToSeq: 5000 });
    const rows = await assertSound(engine);
    assertEquals(rows.map(({ seq, action, actor, severity, metadata }) => [seq, action, actor, severity, metadata]), [
      [5001, "activity_log.cleared", "desk", "warning", { deleted: 5000, up_to_seq: 5000 }],
    ]);
    await assertOnRecord(engine);
    assertEquals(await clearAs(engine, "desk"), { deleted: 1, upToSeq: 5001 });
  }));

Deno.test("an empty log can be cleared, and the log goes on behind it", () =>
  withEngine(async (engine) => {
    assertEquals(await engine.clear(), { deleted: 0, upToSeq: 0 });
    await recordMany(engine, 6000);
    while (await engine.textIndex.step());
    const rows = await assertSound(engine);
    assertEquals([rows.length, rows[0]?.action], [6001, "activity_log.cleared"]);
    for (const filter of [{ q: "x 13" }, { entityId: "dev_1" }, { categories: ["system"] as const }]) {
      await assertFinds(engine, rows, filter);
    }
  }));

Deno.test("no id and no seq is ever used again, across clearing and restarts", () =>
  withTempDir(async (dir) => {
    const seen = new Set<string>();
    let last = 0;
    for (let round = 0; round < 4; round++) {
      const engine = await openEngine(filePlace(dir));
      await recordMany(engine, 10);
      const rows = await assertSound(engine);
      for (const { id, seq } of rows.filter((row) => row.seq > last)) {
        assert(!seen.has(id) && seq > last);
        seen.add(id);
        last = seq;
      }
      await engine.clear();
      await engine.close();
    }
    assertEquals([seen.size, last], [10 + 3 * 11, 43]);
  }));

Deno.test("live clients are told that the log was cleared, and go on with what follows", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 20);
    const follower = follow(engine, 20);
    await until("it is live", () => follower.messages.some(({ type }) => type === "caught_up"));
    await engine.clear();
    await recordMany(engine, 1);
    await until("the next entry", () => follower.messages.some(({ seq }) => seq === 22));
    await follower.end();
    assertEquals(
      follower.messages.filter(({ type }) => type === "log_cleared").map(({ up_to_seq }) => up_to_seq),
      [20],
    );
    const entries = follower.messages.filter(({ type }) => type === "activity_logged").map(({ seq }) => seq);
    assertEquals(entries, [21, 22]);
  }));

Deno.test("a client that is behind when the log is cleared is told of the gap and misses nothing else", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 3000);
    const follower = follow(engine, 0);
    await until("it has begun", () => follower.messages.length > 100);
    await engine.clear();
    await recordMany(engine, 5);
    await until("it has caught up", () => follower.messages.some(({ seq }) => seq === 3006));
    await follower.end();
    let next = 1;
    for (const { type, seq, to_seq } of follower.messages) {
      if (type === "gap") next = Number(to_seq) + 1;
      if (type === "activity_logged") assertEquals(seq, next++);
    }
    assertEquals(next, 3007);
  }));

Deno.test("clearing while retention removes puts both on record, and the run ends well", () =>
  withEngine(async (engine) => {
    await recordMany(engine, 8000);
    await engine.settings.change({ maxEntries: 100 });
    const running = engine.retention.run();
    await until("a batch", async () => (await readPlace(engine.sql)).floor > 0);
    const { floor } = await readPlace(engine.sql);
    const { deleted, upToSeq } = await clearAs(engine, "desk");
    await awake(running);
    assertEquals(engine.retention.lastError(), undefined);
    await assertSound(engine);
    await assertOnRecord(engine);
    const [pruned] = await told(engine.sql, "activity_log.pruned");
    assertEquals(pruned?.actor, "system");
    assert(Number(pruned?.metadata["deleted"]) >= floor);
    assertEquals(Number(pruned?.metadata["deleted"]) + deleted, upToSeq);
    assertEquals((await rowsOf(engine.sql)).length, 2);
  }));

Deno.test("clearing while the indexes follow the log leaves them right", () =>
  withEngine(async (engine) => {
    const stop = new AbortController();
    engine.textIndex.start(stop.signal);
    for (let round = 0; round < 6; round++) {
      const writing = recordMany(engine, 3000, `round ${round}`);
      const stepping = engine.textIndex.step();
      if (round % 2 === 0) await stepping;
      await engine.clear();
      await Promise.all([writing, stepping]);
    }
    while (await engine.textIndex.step());
    await engine.blockIndex.catchUp();
    stop.abort();
    const rows = await assertSound(engine);
    await assertFinds(engine, rows, { q: "round 5 17" });
    await assertFinds(engine, rows, { entityId: "dev_4" });
  }));

Deno.test("the space of a cleared log is given back by the next run", () =>
  withEngine(async (engine, dir) => {
    await recordMany(engine, 10_000, "a sentence that is about as long as those that people read there");
    while (await engine.textIndex.step());
    await engine.sql.background.all("PRAGMA wal_checkpoint(TRUNCATE)");
    const size = () => statSync(dbPath(dir)).size + statSync(`${dbPath(dir)}-wal`).size;
    const before = size();
    await engine.clear();
    await awake(engine.retention.run());
    assertEquals(engine.retention.lastError(), undefined);
    const after = size();
    assert(after < before / 4, `${before} bytes became ${after}`);
  }));
