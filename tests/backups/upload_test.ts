import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { migrate } from "../../src/sql/migrations.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { addEntity, bytesOf, MIGRATIONS, openBackups, refusalOf, streamOf, withBackups } from "./open_backups.ts";

type Bytes = Uint8Array<ArrayBuffer>;
const gzip = (bytes: Uint8Array): Bytes => new Uint8Array(gzipSync(bytes));

/** A file as SQL makes one. */
function databaseOf(dir: string, ...scripts: readonly string[]): Bytes {
  const path = join(dir, `made-${crypto.randomUUID()}.db`);
  const db = openFile(path, "write");
  for (const script of scripts) db.exec(script);
  db.close();
  return bytesOfFile(path);
}

function bytesOfFile(path: string): Bytes {
  const db = openFile(path, "write");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  return Deno.readFileSync(path);
}

/** A database of ours after so many migrations, with nothing in it but what the script puts there. */
async function ours(dir: string, migrations: number, script = ""): Promise<Bytes> {
  const path = join(dir, `ours-${crypto.randomUUID()}.db`);
  const db = openFile(path, "write");
  const target = {
    all: (sql: string) => Promise.resolve(db.all(sql, [])),
    exec: (text: string) => Promise.resolve(db.exec(text)),
  };
  await migrate(target, MIGRATIONS.slice(0, migrations), () => 0);
  if (script !== "") db.exec(script);
  db.close();
  return bytesOfFile(path);
}

/** A database of ours whose texts are in an encoding that none of ours has. */
async function inUtf16(dir: string): Promise<Bytes> {
  const path = join(dir, `utf16-${crypto.randomUUID()}.db`);
  const db = openFile(path, "lock"); // sets no pragmas, which would settle the encoding
  db.exec("PRAGMA encoding = 'UTF-16le'");
  const target = {
    all: (sql: string) => Promise.resolve(db.all(sql, [])),
    exec: (text: string) => Promise.resolve(db.exec(text)),
  };
  await migrate(target, MIGRATIONS, () => 0);
  db.exec(ENTITY);
  db.close();
  return Deno.readFileSync(path);
}

const ENTITY = `INSERT INTO entity (id, type, name, description, tags, fields, secrets, version, created_at, updated_at)
  VALUES ('gr_x', 'gradient', 'x', '', '[]', '{}', '{}', 1, 'x', 'x')`;

Deno.test("a database is taken in packed or not, under a name of our own, and unpacks to what it was", () =>
  withBackups(async ({ backups, dir, folder, names, recorded, as }) => {
    const live = bytesOf(dir);
    const plain = await as("desk", () => backups.takeIn(streamOf(live)));
    const packed = await as("desk", () => backups.takeIn(streamOf(gzip(live))));
    for (const { filename, size } of [plain, packed]) {
      assertMatch(filename, /^lumenlog-\d{8}-\d{6}-\d{3}-uploaded\.db\.gz$/);
      const unpacked = gunzipSync(Deno.readFileSync(join(folder, filename)));
      // A stopped server's file says that a log may lie beside it; the kept one says that there is none.
      assertEquals([...unpacked.subarray(18, 20)], [1, 1]);
      unpacked.set([2, 2], 18);
      assert(live.every((byte, index) => unpacked[index] === byte) && unpacked.length === live.length);
      assertEquals(size, Deno.statSync(join(folder, filename)).size);
    }
    assertEquals(names(), [plain.filename, packed.filename]);
    assertEquals(await recorded(), [plain, packed].map(({ filename }) => `backup.created desk ${filename}`));
  }));

Deno.test("a database of an earlier schema is taken in", () =>
  withBackups(async ({ backups, dir }) => {
    for (const count of [4, MIGRATIONS.length - 1]) {
      const { kind } = await backups.takeIn(streamOf(await ours(dir, count, ENTITY)));
      assertEquals(kind, "uploaded");
    }
  }));

Deno.test("what could not be restored is refused with the reason, and leaves nothing", () =>
  withBackups(async ({ backups, dir, engine, names, recorded }) => {
    for (let i = 0; i < 200; i++) await addEntity(engine, `entity-${i}-${crypto.randomUUID()}`);
    const live = bytesOf(dir);
    const packed = gzip(live);
    const changed = (bytes: Bytes, ...at: readonly number[]): Bytes => {
      const copy = bytes.slice();
      for (const place of at) copy[place < 0 ? copy.length + place : place]! ^= 0xff;
      return copy;
    };
    const overwritten = live.slice();
    overwritten.fill(0x5a, Math.floor(live.length / 3), Math.floor(live.length / 3) + 20_000);
    const newer = MIGRATIONS.length + 1;
    const wrong: Readonly<Record<string, readonly [Bytes, RegExp]>> = {
      "no byte at all": [new Uint8Array(), /it is empty/],
      "a text": [new TextEncoder().encode("hello, I am a backup"), /neither a gzip file nor a database/],
      "a text in gzip": [gzip(new TextEncoder().encode("hello".repeat(1000))), /it is no database/],
      "nothing in gzip": [gzip(new Uint8Array()), /it is (no database|empty)/],
      "gzip without its end": [packed.slice(0, -9), /it is cut/],
      "gzip without its second half": [packed.slice(0, packed.length / 2), /it is cut/],
      "the first bytes of gzip": [packed.slice(0, 4), /it is cut/],
      "gzip with another sum": [changed(packed, -6), /it is damaged/],
      "gzip with another byte in it": [changed(packed, packed.length >> 1), /it is (damaged|cut)/],
      "a database without its second half": [live.slice(0, live.length / 2), /it is damaged/],
      "a database with pages overwritten": [overwritten, /it is damaged/],
      "only the header of a database": [live.slice(0, 100), /it is (damaged|no database)/],
      "an empty database": [databaseOf(dir, "CREATE TABLE a (x); DROP TABLE a;"), /no database of Lumenlog/],
      "a stranger's database": [
        databaseOf(dir, "CREATE TABLE note (text); INSERT INTO note VALUES ('x')"),
        /no database of Lumenlog/,
      ],
      "a database of ours in which nothing is": [await ours(dir, MIGRATIONS.length), /nothing was ever set up/],
      "a newer schema": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; INSERT INTO schema_migration VALUES (${newer}, 'later', 'abc', 'x'); CREATE TABLE later (x)`,
        ),
        /newer version of Lumenlog/,
      ],
      "a schema that never was": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; UPDATE schema_migration SET checksum = 'abc' WHERE version = 2`),
        /not one that Lumenlog ever had/,
      ],
      "a migration that is missing": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; DELETE FROM schema_migration WHERE version = 2`),
        /not one that Lumenlog ever had/,
      ],
      "a table that is missing": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; DROP TABLE server_setting`),
        /lacks the table server_setting/,
      ],
      "a table with another column": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; ALTER TABLE api_key ADD COLUMN extra TEXT`),
        /it lacks the table api_key/,
      ],
      "a trigger of somebody else": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; CREATE TRIGGER mine AFTER INSERT ON entity BEGIN DELETE FROM activity_log; END`,
        ),
        /more in it than Lumenlog/,
      ],
      "a log with a hole": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; INSERT INTO activity_log (seq, kind, entry) VALUES (1, 1, '{}'), (3, 1, '{}')`,
        ),
        /missing from the middle/,
      ],
      "a reference to nothing": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; PRAGMA foreign_keys = OFF; INSERT INTO entity_reference VALUES ('gr_x', 'a', 'gr_y')`,
        ),
        /refers to what is not there/,
      ],
      "a trigger that passes for one of the database's own": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; CREATE TRIGGER libsql_mine AFTER INSERT ON entity BEGIN DELETE FROM activity_log; END`,
        ),
        /more in it than Lumenlog/,
      ],
      "a column that is made of another": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; DROP TABLE server_setting;
           CREATE TABLE server_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL AS (name || '')) STRICT`,
        ),
        /lacks the table server_setting/,
      ],
      "a table that takes anything": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; DROP TABLE server_setting; CREATE TABLE server_setting (name TEXT, value TEXT)`,
        ),
        /lacks the table server_setting/,
      ],
      "texts in another encoding": [
        await inUtf16(dir),
        /another encoding/,
      ],
      "a log that ends beyond all numbers": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; UPDATE activity_state SET floor_seq = 9223372036854775000`),
        /how far its log goes/,
      ],
      "a log that begins before the first": [
        await ours(
          dir,
          MIGRATIONS.length,
          `${ENTITY}; INSERT INTO activity_log (seq, kind, entry) VALUES (-5, 1, '{}')`,
        ),
        /how far its log goes/,
      ],
      "a log that is indexed further than it goes": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; UPDATE activity_state SET indexed_seq = 10`),
        /how far its log goes/,
      ],
      "no word on which log it is": [
        await ours(dir, MIGRATIONS.length, `${ENTITY}; DELETE FROM activity_state`),
        /does not say which log/,
      ],
    };
    for (const [name, [bytes, reason]] of Object.entries(wrong)) {
      const refusal = await refusalOf(backups.takeIn(streamOf(bytes)));
      assertMatch(refusal, /^invalid: Cannot take this file in: /, name);
      assertMatch(refusal, reason, name);
      assertEquals(names(), [], name);
      assert(!refusal.includes(dir), "it tells where the files are");
    }
    assertEquals(await recorded(), []);
    // After all that, a sound one still is.
    await backups.takeIn(streamOf(packed));
  }));

Deno.test("a bomb is given up long before it is whole", () =>
  withBackups(async ({ backups, names }) => {
    // A header as of a database, then 200 MB of nothing, at a thousandth of that size.
    const zeros = new Uint8Array(200 * 1024 * 1024);
    zeros.set(new TextEncoder().encode("SQLite format 3\0"));
    const bomb = gzip(zeros);
    assert(bomb.length < 300_000, `${bomb.length}`);
    assertMatch(await refusalOf(backups.takeIn(streamOf(bomb))), /^invalid: .*unpacks to more than it may/);
    assertEquals(names(), []);
  }));

Deno.test("an upload that breaks off, and one that is stopped, leave nothing", () =>
  withTempDir(async (dir) => {
    const opened = await openBackups(dir);
    const { backups, names } = opened;
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1000)),
      pull: (controller) => controller.error(new Error("gone")),
    });
    assertMatch(await refusalOf(backups.takeIn(broken)), /^invalid: The upload broke off/);
    assertEquals(names(), []);
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
    const refused = refusalOf(backups.takeIn(endless));
    assertMatch(await refusalOf(backups.takeIn(streamOf(new Uint8Array(1)))), /^conflict: .*another one/);
    await backups.stop();
    assertMatch(await refused, /^unavailable: .*stopping/);
    assert(cancelled, "the sender was not told");
    assertEquals(names(), []);
    await opened.close();
  }));
