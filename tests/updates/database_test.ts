import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createAuditEngine } from "../../src/audit/mod.ts";
import { createActorContext } from "../../src/base/context.ts";
import { databaseFile, openDatabase } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { pack } from "../../src/runtime/packed_file.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { prepareRestored, takeRestored } from "../../src/runtime/update_database.ts";
import { writeMarker } from "../../src/runtime/update_marker.ts";
import type { Migration } from "../../src/sql/migrations.ts";
import { withTempDir } from "../support/temp_dir.ts";

const MIGRATIONS = readMigrations(programRoot());
/** Kinds of the newer version have other numbers than the version before would give them. */
const SQL = `CREATE TABLE brightness (id INTEGER PRIMARY KEY) STRICT; DROP TABLE server_setting;
INSERT INTO activity_kind (kind, category, action, severity, actor, entity_type)
VALUES (900, 'system', 'of.the.newer', 'info', 'system', '');`;
const NEWER: readonly Migration[] = [...MIGRATIONS, {
  version: MIGRATIONS.length + 1,
  name: "brightness",
  sql: SQL,
  checksum: createHash("sha256").update(SQL).digest("hex"),
}];

/** Opens the database as a version with these migrations does, puts actions on record, and ends in order. */
async function run(dataDir: string, migrations: readonly Migration[], actions: readonly string[]) {
  const ports = systemPorts();
  const opened = await openDatabase({ kind: "file", path: databaseFile(dataDir) }, { ...ports, migrations });
  if (!opened.ok) return opened.reason;
  const engine = await createAuditEngine({ ...ports, sql: opened.sql, scope: createActorContext().current });
  for (const action of actions) {
    await engine.recorder.change((tx) => Promise.resolve(tx.record("system", action, { message: action })));
  }
  await engine.stop();
  await opened.sql.close();
  return undefined;
}

interface Undone {
  readonly dataDir: string;
  readonly copy: string;
  /** The same files in a directory of their own: to this process the database there was never open. */
  elsewhere(): Promise<string>;
}

/** A database that 1.1.0 has changed, a copy of it from before, and the marker that 1.1.0 was undone. */
const undone = (sentence: string, work: (test: Undone) => Promise<void>, copied: "packed" | "plain" = "packed") =>
  Deno.test(sentence, () =>
    withTempDir(async (dir) => {
      const dataDir = join(dir, "data");
      await Deno.mkdir(dataDir);
      await run(dataDir, MIGRATIONS, ["first", "second"]);
      const copy = join(dir, "before.db.gz");
      await (copied === "packed" ? pack(databaseFile(dataDir), copy) : Deno.copyFile(databaseFile(dataDir), copy));
      await run(dataDir, MIGRATIONS, ["update.applied"]);
      await run(dataDir, NEWER, ["new.kind", "first"]);
      const binary = join(dir, "lumenlog");
      writeMarker(dataDir, { from: "1.0.0", to: "1.1.0", binary, old: `${binary}.old`, starts: 1, copy });
      await work({
        dataDir,
        copy,
        elsewhere: async () => {
          const other = await Deno.makeTempDir({ dir });
          for (const { name } of Deno.readDirSync(dataDir)) await Deno.copyFile(join(dataDir, name), join(other, name));
          return other;
        },
      });
    }));

const names = (dir: string) =>
  [...Deno.readDirSync(dir)].map(({ name }) => name).filter((name) => name.startsWith("lumenlog.db")).sort();

function actionsOf(path: string): readonly unknown[] {
  const db = openFile(path, "read");
  try {
    return db.all(
      "SELECT seq, json_extract(entry, '$.action') AS action, k.action AS kind FROM activity_log JOIN activity_kind AS k USING (kind) ORDER BY seq",
      [],
    ).map(({ seq, action, kind }) => [seq, action, kind]);
  } finally {
    db.close();
  }
}

undone(
  "the version before gets its database back, with every entry that came since",
  async ({ dataDir, elsewhere }) => {
    assert((await run(dataDir, MIGRATIONS, []))?.includes("does not know"));
    const path = databaseFile(dataDir);
    assertEquals(await prepareRestored({ dataDir, version: "1.0.0", path }), true);
    const other = await elsewhere();
    takeRestored({ dataDir: other, version: "1.0.0", path: databaseFile(other) });
    assertEquals(names(other).filter((name) => !/-(wal|shm)$/.test(name)), ["lumenlog.db", "lumenlog.db.1.1.0"]);
    assertEquals(await run(other, MIGRATIONS, ["later"]), undefined);
    const told = ["first", "second", "update.applied", "new.kind", "first", "later"];
    assertEquals(actionsOf(databaseFile(other)), told.map((action, i) => [i + 1, action, action]));
    takeRestored({ dataDir: other, version: "1.0.0", path: databaseFile(other) });
    assertEquals(actionsOf(databaseFile(other)).length, 6, "once is enough");
  },
);

undone("the copy may be packed, or the database as it was", async ({ dataDir, elsewhere }) => {
  await prepareRestored({ dataDir, version: "1.0.0", path: databaseFile(dataDir) });
  const other = await elsewhere();
  takeRestored({ dataDir: other, version: "1.0.0", path: databaseFile(other) });
  assertEquals(await run(other, MIGRATIONS, []), undefined);
  assertEquals(actionsOf(databaseFile(other)).length, 5);
}, "plain");

undone("cut between any two of its steps, it goes on at the next start", async ({ dataDir, elsewhere }) => {
  await prepareRestored({ dataDir, version: "1.0.0", path: databaseFile(dataDir) });
  const other = await elsewhere();
  const path = databaseFile(other);
  await Deno.writeTextFile(`${path}-wal`, "");
  await Deno.link(path, `${path}.1.1.0`);
  await Deno.rename(`${path}-wal`, `${path}.1.1.0-wal`);
  takeRestored({ dataDir: other, version: "1.0.0", path });
  assertEquals(await run(other, MIGRATIONS, []), undefined);
});

undone(
  "nothing is touched without an undone update, for another version, or when its copy is gone or cut",
  async (test) => {
    const { dataDir, copy } = test;
    const path = databaseFile(dataDir);
    const before = names(dataDir);
    assertEquals(await prepareRestored({ dataDir, version: "1.1.0", path }), false);
    assertEquals(await prepareRestored({ dataDir, version: "2.0.0", path }), false);
    await Deno.truncate(copy, 200);
    await assertRejects(() => prepareRestored({ dataDir, version: "1.0.0", path }), Error, "it is cut");
    await Deno.remove(copy);
    assertEquals(await prepareRestored({ dataDir, version: "1.0.0", path }), false);
    assertEquals(names(dataDir), before);
    takeRestored({ dataDir, version: "1.0.0", path });
    assertEquals(names(dataDir), before);
    await Deno.writeTextFile(`${path}.restored`, "of long ago");
    takeRestored({ dataDir, version: "1.1.0", path });
    assertEquals(names(dataDir), before);
    assertEquals(actionsOf(path).length, 5);
  },
);
