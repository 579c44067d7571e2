import { assertEquals } from "@std/assert";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { keepPrepared } from "../../src/runtime/statement_cache.ts";
import { withTempDir } from "../support/temp_dir.ts";

Deno.test("a connection keeps a bounded number of statements, the newest", () => {
  const prepared = new Map<string, number>();
  for (let i = 0; i < 1000; i++) assertEquals(keepPrepared(prepared, `text ${i}`, i), i);
  assertEquals(prepared.size, 256);
  assertEquals([prepared.has("text 743"), prepared.has("text 744")], [false, true]);
});

Deno.test("a statement that had to make room is prepared anew", () =>
  withTempDir((dir) => {
    const db = openFile(`${dir}/x.db`, "write");
    for (let i = 1; i < 600; i++) {
      db.run(`CREATE TABLE t${i} (n INTEGER)`, []);
      db.run(`INSERT INTO t${i} VALUES (?)`, [i]);
      if (i > 2) db.run(`DROP TABLE t${i}`, []);
      assertEquals(db.all("SELECT n FROM t1", []), [{ n: 1 }]);
    }
    db.close();
    return Promise.resolve();
  }));
