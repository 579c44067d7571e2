import { join } from "node:path";
import { Refusal } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { createRestorer, type Restorer } from "../../src/backups/restore.ts";
import { isDiskFull } from "../../src/runtime/disk_full.ts";
import { readyCopy } from "../../src/runtime/restore_copy.ts";
import { exchangeBetween } from "../../src/runtime/restore_exchange.ts";
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { MIGRATIONS, type TestBackups, withBackups } from "./open_backups.ts";
import { copyOf, folderIn, logOf, recordSome } from "./restore_support.ts";

/** A restorer of these backups; what it restores is a database beside, as this test's own is in use. */
async function restorerOf(
  { backups, engine, dir }: TestBackups,
  fails?: Error,
): Promise<{ readonly restorer: Restorer; readonly box: string; readonly lines: readonly string[] }> {
  const box = await folderIn(dir, "box");
  await copyOf(dir, join("box", "lumenlog.db"));
  const lines: string[] = [];
  const restorer = createRestorer({
    ...engine.ports,
    backups,
    sql: engine.sql,
    actor: () => "desk",
    findUnusable: () => Promise.resolve(undefined),
    log: createLog("debug", (line) => lines.push(line), Date.now),
    control: { alone: (work) => work(join(box, "lumenlog.db")) },
    tools: {
      isDiskFull,
      readyCopy: (path, look) => readyCopy(path, { migrations: MIGRATIONS, now: Date.now }, look),
      exchange: (path, copy, work) =>
        exchangeBetween(path, copy, async (tx) => {
          const value = await work(tx);
          if (fails) throw fails;
          return value;
        }),
    },
  });
  return { restorer, box, lines };
}

const leftOvers = ({ names }: TestBackups) => names().filter((name) => name.startsWith("."));

Deno.test("a disk that is full at the end of a restore is told in words, and the database is as it was", () =>
  withBackups(async (test) => {
    await recordSome(test.engine, 20);
    const { filename } = await test.backups.make("manual");
    await recordSome(test.engine, 5);
    const full = Object.assign(new Error("database or disk is full: /some/path"), { code: "SQLITE_FULL" });
    const { restorer, box } = await restorerOf(test, full);
    const before = logOf(box);
    const refusal = await assertRejects(() => restorer.restore(filename, { keys: false }), Refusal);
    assertEquals({ code: refusal.code, message: refusal.message }, {
      code: "unavailable",
      message: `Cannot restore ${filename}: the disk is full`,
    });
    assertEquals(logOf(box), before);
    assertEquals(leftOvers(test), []);
  }));

Deno.test("a backup that is refused leaves no copy of the present database, and older copies stay", () =>
  withBackups(async (test) => {
    await recordSome(test.engine, 20);
    const { filename } = await test.backups.make("manual");
    const { restorer } = await restorerOf(test);
    const path = join(test.folder, filename);
    await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, 500));
    for (let i = 0; i < 3; i++) {
      const refusal = await assertRejects(() => restorer.restore(filename, { keys: false }), Refusal);
      assertEquals(refusal.code, "invalid");
    }
    assertEquals(test.names(), [filename]);
  }));

Deno.test("one restore at a time; each tells where the database is kept as it was before", () =>
  withBackups(async (test) => {
    await recordSome(test.engine, 20);
    const { filename } = await test.backups.make("manual");
    const { restorer, box } = await restorerOf(test);
    const [first, second] = await Promise.allSettled([
      restorer.restore(filename, { keys: false }),
      restorer.restore(filename, { keys: false }),
    ]);
    assert(first.status === "fulfilled" && second.status === "rejected");
    assert(second.reason instanceof Refusal && second.reason.code === "conflict");
    assert(test.names().includes(first.value.safetyCopy));
    assert(logOf(box).at(-1)?.entry.includes("backup.restored"));
    assertEquals(leftOvers(test), []);
    await restorer.restore(filename, { keys: false });
  }));
