import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { addEntity, openBackups, refusalOf, withBackups } from "./open_backups.ts";

const text = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Uint8Array(await new Response(stream).arrayBuffer());

Deno.test("a backup is listed, on record under who made it, for the owner alone, and sends what lies on the disk", () =>
  withBackups(async ({ backups, folder, names, recorded, as }) => {
    const made = await as("desk", () => backups.make("manual"));
    assertMatch(made.filename, /^lumenlog-\d{8}-\d{6}-\d{3}-manual\.db\.gz$/);
    assertEquals(await backups.list(), [made]);
    assertEquals(names(), [made.filename]);
    assertEquals(await recorded(), [`backup.created desk ${made.filename}`]);
    assertEquals([mode(folder), mode(`${folder}/${made.filename}`)], ["700", "600"]);
    const { stream, size } = await backups.open(made.filename);
    const sent = await text(stream);
    assertEquals(sent, Deno.readFileSync(`${folder}/${made.filename}`));
    assertEquals([size, made.size], [sent.length, sent.length]);
    await as("desk", () => backups.remove(made.filename));
    assertEquals(names(), []);
    assertEquals((await recorded()).at(-1), `backup.deleted desk ${made.filename}`);
    assertMatch(await refusalOf(backups.remove(made.filename)), /^not_found/);
  }));

const mode = (path: string) => ((Deno.statSync(path).mode ?? 0) & 0o777).toString(8);

Deno.test("a backup under writes holds one moment: a contiguous log, and each change with its entry", () =>
  withBackups(async ({ backups, dir, folder, engine }) => {
    let going = true;
    let written = 0;
    const writing = (async () => {
      while (going) await addEntity(engine, `n${written++}`);
    })();
    const made = [];
    for (let i = 0; i < 5; i++) made.push(await backups.make("manual"));
    going = false;
    await writing;
    assert(written > 5, `nothing was written meanwhile: ${written}`);
    let before = 0;
    for (const { filename } of made) {
      Deno.writeFileSync(`${dir}/copy.db`, gunzipSync(Deno.readFileSync(`${folder}/${filename}`)));
      const copy = openFile(`${dir}/copy.db`, "read");
      const [row] = copy.all(
        `SELECT (SELECT max(seq) - min(seq) + 1 - count(*) FROM activity_log) AS holes,
           (SELECT count(*) FROM entity WHERE id NOT IN (SELECT entity_id FROM activity_log WHERE entity_id NOT NULL)) AS silent,
           (SELECT count(*) FROM activity_log WHERE entity_id NOT NULL AND entity_id NOT IN (SELECT id FROM entity)) AS lost,
           (SELECT count(*) FROM entity) AS entities`,
        [],
      );
      copy.close();
      Deno.removeSync(`${dir}/copy.db`);
      assertEquals([row?.["holes"], row?.["silent"], row?.["lost"]], [0, 0, 0]);
      const entities = Number(row?.["entities"]);
      assert(entities >= before, "an older state than the backup before it");
      before = entities;
    }
    assert(before > 1, "no write fell between two backups");
  }));

Deno.test("backups of one millisecond have names of their own, in their order", () =>
  withBackups(async ({ backups }) => {
    const made = [];
    for (let i = 0; i < 3; i++) made.push((await backups.make("manual")).filename);
    assertEquals(made, [...new Set(made)].sort());
    assertEquals((await backups.list()).map(({ filename }) => filename), made.toReversed());
  }, { clock: { now: () => Date.UTC(2026, 10, 22, 12) } }));

Deno.test("a second backup while one is made is refused, and the first goes on", () =>
  withBackups(async ({ backups, names, recorded }) => {
    const first = backups.make("manual");
    assertMatch(await refusalOf(backups.make("manual")), /^conflict: /);
    assertMatch(await refusalOf(backups.keepCopy()), /^conflict: /);
    const { filename } = await first;
    assertEquals(names(), [filename]);
    assertEquals((await recorded()).length, 1);
  }));

Deno.test("of safety copies the newest three stay; they are databases as they are", () =>
  withBackups(async ({ backups, folder, names, recorded, as }) => {
    const kept = [];
    for (let i = 0; i < 5; i++) kept.push((await as("desk", () => backups.keepCopy())).filename);
    assertEquals(names(), kept.slice(2));
    assertMatch(kept[0] ?? "", /-safety\.db$/);
    assertEquals(
      new TextDecoder().decode(Deno.readFileSync(`${folder}/${kept[4]}`).subarray(0, 15)),
      "SQLite format 3",
    );
    const gone = (await recorded()).filter((line) => line.startsWith("backup.deleted"));
    assertEquals(gone, kept.slice(0, 2).map((filename) => `backup.deleted system ${filename}`));
  }));

Deno.test("a copy that is made while the clock is behind stays, and so does the one that is spared", () => {
  let now = Date.UTC(2026, 10, 22);
  return withBackups(async ({ backups, names }) => {
    const [first, second, third] = [await backups.keepCopy(), await backups.keepCopy(), await backups.keepCopy()];
    now = Date.UTC(2000, 0, 1); // as a machine without a clock of its own begins
    const made = await backups.keepCopy(undefined, [first.filename]);
    assertEquals(names(), [made, first, third].map(({ filename }) => filename));
    assert(second.createdAt < third.createdAt);
  }, { clock: { now: () => now } });
});

Deno.test("a folder that cannot be used keeps nobody from starting, and is told of", () =>
  withTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "backups"), "a file where the folder should be");
    const { backups, log, close } = await openBackups(dir);
    try {
      assertMatch(log.join(""), /The folder of the backups cannot be used/);
      assertMatch(await refusalOf(backups.list()), /^unavailable: Cannot list the backups/);
      assertMatch(await refusalOf(backups.make("manual")), /^unavailable: Cannot make a backup/);
    } finally {
      await close();
    }
  }));

Deno.test("a stop cuts a backup and leaves nothing of it", () =>
  withTempDir(async (dir) => {
    const opened = await openBackups(dir);
    const refused = refusalOf(opened.backups.make("manual"));
    await opened.backups.stop();
    assertMatch(await refused, /^unavailable: .*stopping/);
    assertEquals(opened.names(), []);
    assertEquals(await opened.recorded(), []);
    await opened.close();
  }));

Deno.test("what a killed process left half done goes at the start, and nothing else", () =>
  withTempDir(async (dir) => {
    const before = await openBackups(dir);
    const { filename } = await before.backups.make("manual");
    await before.close();
    for (const name of [".abc.part", ".abc.part-journal", ".abc.part-wal", "notes.txt", ".keep"]) {
      Deno.writeTextFileSync(`${dir}/backups/${name}`, "x");
    }
    const after = await openBackups(dir);
    assertEquals(after.names(), [".keep", filename, "notes.txt"].sort());
    assertEquals((await after.backups.list()).map((backup) => backup.filename), [filename]);
    await after.close();
  }));

Deno.test("a damaged database is not backed up, and the reason is told", () =>
  withTempDir(async (dir) => {
    const opened = await openBackups(dir);
    await addEntity(opened.engine, "a");
    await opened.engine.sql.commit([{ work: (tx) => tx.run("DELETE FROM activity_log WHERE seq = 1") }]);
    await addEntity(opened.engine, "b");
    await opened.engine.sql.commit([{ work: (tx) => tx.run("UPDATE activity_log SET seq = seq + 5 WHERE seq = 2") }]);
    await opened.engine.sql.commit([{
      work: (tx) => tx.run("INSERT INTO activity_log (seq, kind, entry) VALUES (3, 1, '{}')"),
    }]);
    assertMatch(await refusalOf(opened.backups.make("manual")), /^unavailable: .*missing from the middle/);
    assertEquals(opened.names(), []);
    assertEquals(opened.log.filter((line) => line.includes('"error"')).length > 0, true);
    await opened.close();
  }));
