import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import type { Sql } from "../../src/audit/ports.ts";
import { type DatabasePlace, openDatabase } from "../../src/runtime/database.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import type { Migration } from "../../src/sql/migrations.ts";
import { dbPath, filePlace, withTempDir } from "../support/engine.ts";
import { remoteTest, withSqld } from "../support/sqld.ts";

const migration = (version: number, name: string, sql: string): Migration => ({
  version,
  name,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
});

const ONE = migration(1, "one", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT; INSERT INTO one VALUES (11);");
const TWO = migration(2, "two", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT; INSERT INTO two VALUES (22);");
const BROKEN = migration(2, "two", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);");

const open = (place: DatabasePlace, migrations: readonly Migration[]) =>
  openDatabase(place, { ...systemPorts(), migrations });

async function using<T>(place: DatabasePlace, migrations: readonly Migration[], work: (sql: Sql) => Promise<T>) {
  const opened = await open(place, migrations);
  if (!opened.ok) throw new Error(opened.reason);
  try {
    return await work(opened.sql);
  } finally {
    await opened.sql.close();
  }
}

/** The schema, and what is on record as applied. */
const contentOf = (sql: Sql) =>
  Promise.all([
    sql.all("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'libsql%' ORDER BY name"),
    sql.all("SELECT * FROM schema_migration ORDER BY version"),
  ]);

function everywhere(name: string, work: (place: DatabasePlace) => Promise<void>): void {
  Deno.test(`${name} (on a local file)`, () => withTempDir((dir) => work(filePlace(dir))));
  remoteTest(`${name} (on a remote sqld)`, () => withSqld(({ url }) => work({ kind: "remote", url })));
}

everywhere(
  "migrations are applied in order and put on record with their checksum",
  (place) =>
    using(place, [ONE, TWO], async (sql) => {
      const applied = await sql.all("SELECT version, name, checksum FROM schema_migration ORDER BY version");
      assertEquals(applied, [ONE, TWO].map(({ version, name, checksum }) => ({ version, name, checksum })));
      assertEquals(await sql.all("SELECT one.id AS one, two.id AS two FROM one, two"), [{ one: 11, two: 22 }]);
    }),
);

everywhere("opening again applies only what is missing", async (place) => {
  const before = await using(place, [ONE], (sql) => contentOf(sql));
  assertEquals(await using(place, [ONE], (sql) => contentOf(sql)), before);
  await using(place, [ONE, TWO], async (sql) => {
    const [, applied] = await contentOf(sql);
    assertEquals(applied[0], before[1][0]);
    assertEquals(applied.map((row) => row["version"]), [1, 2]);
    assertEquals(await sql.all("SELECT id FROM one"), [{ id: 11 }], "the first did not run again");
  });
});

everywhere("a migration that fails leaves nothing of itself and keeps those before it", async (place) => {
  await assertRejects(() => open(place, [ONE, BROKEN]), Error, "nowhere");
  await using(place, [ONE], async (sql) => {
    const [schema, applied] = await contentOf(sql);
    assertEquals(schema.map((row) => row["name"]), ["one", "schema_migration"]);
    assertEquals(applied.map((row) => row["version"]), [1]);
  });
  await using(place, [ONE, TWO], async (sql) => assertEquals(await sql.all("SELECT id FROM two"), [{ id: 22 }]));
});

Deno.test("a first migration that fails leaves no table at all", () =>
  withTempDir(async (dir) => {
    const place = filePlace(dir);
    await assertRejects(() => open(place, [migration(1, "one", BROKEN.sql)]), Error, "nowhere");
    await using(place, [ONE], async (sql) => assertEquals((await contentOf(sql))[1].length, 1));
  }));

const REFUSED: readonly (readonly [name: string, known: readonly Migration[], says: string])[] = [
  ["a text that changed after it was applied", [migration(1, "one", `${ONE.sql} `), TWO], "migration 1 (one)"],
  ["a newer database", [ONE], "migration 2 (two), which this version of Lumenlog does not know"],
  ["another numbering", [ONE, migration(3, "three", TWO.sql)], "migration 2 (two)"],
];

for (const [name, known, says] of REFUSED) {
  everywhere(`${name} is refused, with the reason, and nothing is touched`, async (place) => {
    const before = await using(place, [ONE, TWO], (sql) => contentOf(sql));
    const bytes = place.kind === "file" ? await bytesOf(place.path) : undefined;
    const opened = await open(place, known);
    assert(!opened.ok);
    assert(opened.reason.includes(says) && opened.reason.includes("Nothing was changed"), opened.reason);
    if (place.kind === "file") assertEquals(await bytesOf(place.path), bytes);
    assertEquals(await using(place, [ONE, TWO], (sql) => contentOf(sql)), before);
  });
}

/** The SHA-256 of the database file and the size of its log, which is empty after a clean end, or gone. */
async function bytesOf(path: string) {
  const file = createHash("sha256").update(await Deno.readFile(path)).digest("hex");
  const log = await Deno.stat(`${path}-wal`).then((stat) => stat.size, () => 0);
  return { file, log };
}

Deno.test("after a clean end the database file holds everything by itself", () =>
  withTempDir(async (dir) => {
    const place = filePlace(dir);
    await using(place, [ONE, TWO], (sql) => sql.commit([{ work: (tx) => tx.run("INSERT INTO two VALUES (33)") }]));
    await Deno.copyFile(dbPath(dir), `${dir}/copy.db`);
    await using({ kind: "file", path: `${dir}/copy.db` }, [ONE, TWO], async (sql) => {
      assertEquals(await sql.all("SELECT id FROM two"), [{ id: 22 }, { id: 33 }]);
    });
  }));

Deno.test("the program's own migrations are numbered without a gap from 1", () => {
  const versions = readMigrations(programRoot()).map(({ version }) => version);
  assertEquals(versions, versions.map((_, index) => index + 1));
  assert(versions.length > 0);
});

everywhere("the program's own migrations apply to a new database and stay", async (place) => {
  const all = readMigrations(programRoot());
  const first = await using(place, all, (sql) => contentOf(sql));
  assertEquals(first[1].length, all.length);
  assertEquals(await using(place, all, (sql) => contentOf(sql)), first);
});
