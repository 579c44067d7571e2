import { databaseFile } from "../../src/runtime/database.ts";
import { assert, assertEquals, assertNotEquals } from "../support/assert.ts";
import { withTempDir } from "../support/engine.ts";
import {
  assertSoundLog,
  copyOf,
  entryOf,
  folderIn,
  logOf,
  query,
  recordSome,
  restoreFrom,
  sayingOf,
  withEngineOn,
} from "./restore_support.ts";

const OTHERS = { category: "entity", action: "entity.updated", actor: "phone" } as const;

const logIdOf = (dir: string) =>
  query<{ id: string }>(databaseFile(dir), "SELECT log_id AS id FROM activity_state")[0]!.id;

/** A folder whose database is a copy of another's. */
async function cloneOf(dir: string, name: string, copy: string): Promise<string> {
  const clone = await folderIn(dir, name);
  await Deno.copyFile(copy, databaseFile(clone));
  return clone;
}

Deno.test("entries newer than the backup stay as they are, and the restore is the newest", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 2100, OTHERS));
    const copy = await copyOf(dir);
    await withEngineOn(dir, (engine) => recordSome(engine, 70));
    const [before, logId] = [logOf(dir), logIdOf(dir)];
    assertEquals(await restoreFrom(dir, copy), { log: "kept", fromSeq: 2100, carried: 70 });
    const after = logOf(dir);
    assertEquals(after.slice(0, -1), before);
    assertEquals(logIdOf(dir), logId);
    const { id: _, ts: __, ...told } = entryOf(after.at(-1));
    assertEquals<unknown>(told, {
      category: "system",
      action: "backup.restored",
      severity: "warning",
      actor: "desk",
      entity_type: null,
      entity_id: null,
      entity_name: null,
      message: "Restored from backup 'one.db.gz'",
      metadata: { filename: "one.db.gz", from_seq: 2100, carried: 70 },
    });
    assertSoundLog(dir);
  }));

Deno.test("a box on which nothing was set up takes the log of the backup, and its own few entries follow", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    await withEngineOn(old, async (engine) => {
      await recordSome(engine, 5000, OTHERS);
      await recordSome(engine, 10);
      while (await engine.textIndex.step());
      await engine.settings.change({ maxDays: null, maxEntries: 7000 });
    });
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withEngineOn(box, async (engine) => {
      await recordSome(engine, 3);
      await recordSome(engine, 2, { category: "auth", action: "auth.ws_connected", actor: "bench" });
      await recordSome(engine, 1, { category: "device", action: "device.discovered" });
      while (await engine.textIndex.step());
    });
    const own = logOf(box);
    assertEquals(await restoreFrom(box, copy), { log: "taken", fromSeq: 5011, carried: 6 });
    assertSoundLog(box);
    const after = logOf(box);
    assertEquals(after.slice(0, 5011), logOf(old));
    assertEquals(after.slice(5011, 5017).map(sayingOf), own.map(sayingOf));
    assertEquals(entryOf(after.at(-1)).action, "backup.restored");
    assertEquals(after.length, 5018);
    assertEquals(logIdOf(box), logIdOf(old));
    await withEngineOn(box, async (engine) => {
      assertEquals(await engine.settings.read(), { enabled: true, maxDays: null, maxEntries: 7000 });
      while (await engine.textIndex.step());
      const found = await engine.query.page({ filter: { q: "4999 “ö” of phone" }, limit: 5 });
      assertEquals(JSON.parse(found.entriesText).length, 1);
      await recordSome(engine, 2100);
    });
    assertSoundLog(box);
  }));

Deno.test("a box that was set up keeps its own log when the backup is of another", () =>
  withTempDir(async (dir) => {
    const [one, two] = [await folderIn(dir, "one"), await folderIn(dir, "two")];
    await withEngineOn(one, (engine) => recordSome(engine, 50, OTHERS));
    await withEngineOn(two, (engine) => recordSome(engine, 20, OTHERS));
    const copy = await copyOf(one);
    const before = logOf(two);
    assertEquals(await restoreFrom(two, copy), { log: "kept", fromSeq: 50, carried: 20 });
    assertEquals(logOf(two).slice(0, -1), before);
    assertSoundLog(two);
  }));

Deno.test("where an older copy of the disk was started again, the newer log of the backup is taken, and nothing is lost", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 2500, OTHERS));
    const stale = await cloneOf(dir, "stale", await copyOf(dir, "stale.db"));
    await withEngineOn(dir, (engine) => recordSome(engine, 3000, OTHERS));
    const copy = await copyOf(dir);
    await withEngineOn(stale, async (engine) => {
      await recordSome(engine, 40, { actor: "only-here", action: "server.restarting" });
      while (await engine.textIndex.step());
    });
    const own = logOf(stale).slice(2500);
    assertEquals(await restoreFrom(stale, copy), { log: "taken", fromSeq: 5500, carried: 40 });
    assertSoundLog(stale);
    const after = logOf(stale);
    assertEquals(after.slice(0, 5500), logOf(dir));
    assertEquals(after.slice(5500, 5540).map(sayingOf), own.map(sayingOf));
    assertEquals(new Set(after.map((row) => entryOf(row).id)).size, after.length);
    // Whoever had read up to 2540 there would otherwise go on in the middle of other entries.
    assertNotEquals(logIdOf(stale), logIdOf(dir));
    assertEquals((await restoreFrom(stale, copy)).log, "kept");
  }));

Deno.test("the same holds where the older copy has grown longer than the backup", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 100, OTHERS));
    const stale = await cloneOf(dir, "stale", await copyOf(dir, "stale.db"));
    await withEngineOn(dir, (engine) => recordSome(engine, 10, OTHERS));
    const copy = await copyOf(dir);
    await withEngineOn(stale, (engine) => recordSome(engine, 300, { actor: "only-here" }));
    const own = logOf(stale).slice(100);
    assertEquals(await restoreFrom(stale, copy), { log: "taken", fromSeq: 110, carried: 300 });
    assertSoundLog(stale);
    assertEquals(logOf(stale).slice(0, 110), logOf(dir));
    assertEquals(logOf(stale).slice(110, 410).map(sayingOf), own.map(sayingOf));
  }));

Deno.test("a log that is only behind the backup goes on as the same log", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 100, OTHERS));
    const stale = await cloneOf(dir, "stale", await copyOf(dir, "stale.db"));
    await withEngineOn(dir, (engine) => recordSome(engine, 10, OTHERS));
    assertEquals(await restoreFrom(stale, await copyOf(dir)), { log: "taken", fromSeq: 110, carried: 0 });
    assertSoundLog(stale);
    assertEquals(logOf(stale).slice(0, -1), logOf(dir));
    assertEquals(logIdOf(stale), logIdOf(dir));
  }));

Deno.test("what was removed from the log does not come back with a backup", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 500, OTHERS));
    const copy = await copyOf(dir);
    await withEngineOn(dir, async (engine) => {
      await engine.clear();
      await recordSome(engine, 5);
    });
    const before = logOf(dir);
    assertEquals(await restoreFrom(dir, copy), { log: "kept", fromSeq: 500, carried: 6 });
    assertEquals(logOf(dir).slice(0, -1), before);
    assertEquals(logOf(dir)[0]?.seq, 501);
    assertSoundLog(dir);
  }));

Deno.test("a backup of a log whose beginning was removed is taken as it is, and a seq is never used twice", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    await withEngineOn(old, async (engine) => {
      await recordSome(engine, 3000, OTHERS);
      await engine.settings.change({ maxEntries: 100 });
      // Its pauses keep no process alive.
      const alive = setInterval(() => {}, 1000);
      await engine.retention.run().finally(() => clearInterval(alive));
    });
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withEngineOn(box, (engine) => recordSome(engine, 4));
    const restored = await restoreFrom(box, copy);
    assertEquals(restored.log, "taken");
    assertSoundLog(box);
    assertEquals(logOf(box).slice(0, -5), logOf(old));
    assert(logOf(box)[0]!.seq > 2800);
    assertEquals(logOf(box).at(-1)?.seq, restored.fromSeq + 5);
    await withEngineOn(box, (engine) => engine.clear().then(() => recordSome(engine, 1)));
    assertEquals(logOf(box).at(-1)?.seq, restored.fromSeq + 7);
  }));

Deno.test("a fresh log that has been further than it would reach then stays: a seq is never used twice", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    await withEngineOn(old, (engine) => recordSome(engine, 10, OTHERS));
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withEngineOn(box, async (engine) => {
      await recordSome(engine, 400);
      await engine.clear();
    });
    assertEquals(await restoreFrom(box, copy), { log: "kept", fromSeq: 10, carried: 1 });
    assertEquals(logOf(box).map(({ seq }) => seq), [401, 402]);
    assertSoundLog(box);
  }));

Deno.test("a log that is off tells nothing of the restore, and stays off", () =>
  withTempDir(async (dir) => {
    await withEngineOn(dir, (engine) => recordSome(engine, 10, OTHERS));
    const copy = await copyOf(dir);
    await withEngineOn(dir, async (engine) => void await engine.settings.change({ enabled: false }));
    const before = logOf(dir);
    assertEquals(await restoreFrom(dir, copy), { log: "kept", fromSeq: 10, carried: 1 });
    assertEquals(logOf(dir), before);
    await withEngineOn(dir, async (engine) => assertEquals((await engine.settings.read()).enabled, false));
  }));

Deno.test("a backup without a log brings no log", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    await withEngineOn(old, () => Promise.resolve());
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withEngineOn(box, (engine) => recordSome(engine, 4));
    assertEquals(await restoreFrom(box, copy), { log: "kept", fromSeq: 0, carried: 4 });
    assertSoundLog(box);
  }));
