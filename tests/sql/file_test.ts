import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { dbPath, openEngine, withEngine, withTempDir } from "../support/engine.ts";

const pragma = (connection: ReturnType<typeof openFile>, name: string) =>
  Object.values(connection.all(`PRAGMA ${name}`, [])[0] ?? {})[0];

Deno.test("a new file has the pragmas that the log relies on, and still when it is opened again", () =>
  withTempDir(async (dir) => {
    for (const round of ["new", "again"]) {
      await (await openEngine({ kind: "file", path: dbPath(dir) })).close();
      const writer = openFile(dbPath(dir), "write");
      const names = ["auto_vacuum", "journal_mode", "synchronous", "foreign_keys", "query_only"];
      assertEquals(names.map((name) => pragma(writer, name)), [2, "wal", 2, 1, 0], round);
      writer.close();
    }
  }));

Deno.test("the reading connection cannot write", () =>
  withTempDir((dir) => {
    const writer = openFile(dbPath(dir), "write");
    writer.exec("CREATE TABLE thing (id)");
    const reader = openFile(dbPath(dir), "read");
    assertThrows(() => reader.run("INSERT INTO thing VALUES (1)", []), Error, "readonly");
    assertEquals(reader.all("SELECT id FROM thing", []), []);
    reader.close();
    writer.close();
    return Promise.resolve();
  }));

Deno.test("the database's files can be read by their owner only, whatever the umask", async () => {
  const umask = Deno.umask(0);
  try {
    await withEngine(async (engine, dir) => {
      await engine.recorder.change((tx) => Promise.resolve(tx.record("system", "x")));
      for (const file of ["lumenlog.db", "lumenlog.db-wal", "lumenlog.db-shm"]) {
        const { mode } = await Deno.stat(`${dir}/${file}`);
        assertEquals((mode! & 0o777).toString(8), "600", file);
      }
    });
  } finally {
    Deno.umask(umask);
  }
});

Deno.test("a script that fails inside its transaction leaves the connection free to go on", () =>
  withTempDir((dir) => {
    const writer = openFile(dbPath(dir), "write");
    assertThrows(() => writer.exec("BEGIN; CREATE TABLE a (id); CREATE TABLE a (id); COMMIT"), Error, "already exists");
    assertEquals(writer.inTransaction, false);
    writer.exec("BEGIN; CREATE TABLE a (id); COMMIT");
    writer.close();
    return Promise.resolve();
  }));

Deno.test("a closed connection refuses every use, and closing it again does nothing", () =>
  withTempDir((dir) => {
    const writer = openFile(dbPath(dir), "write");
    writer.exec("CREATE TABLE thing (id)");
    writer.close();
    assertEquals(writer.inTransaction, false);
    assertThrows(() => writer.exec("SELECT 1"), Error);
    assertThrows(() => writer.run("INSERT INTO thing VALUES (1)", []), Error);
    assertThrows(() => writer.all("SELECT id FROM thing", []), Error);
    writer.close();
    return Promise.resolve();
  }));

Deno.test("a log that was closed counts what comes later as lost", () =>
  withTempDir(async (dir) => {
    const engine = await openEngine({ kind: "file", path: dbPath(dir) });
    await engine.close();
    engine.recorder.record("system", "late");
    await assertRejects(() => engine.recorder.change(() => Promise.resolve()), Error, "Cannot begin to write");
    assertEquals(engine.recorder.health().lost, 1);
    await engine.recorder.stop();
  }));
