import { assertEquals } from "@std/assert";
import { appendEntries } from "../../src/audit/append.ts";
import { createDraft, type Entry } from "../../src/audit/entry.ts";
import { createEntryIds } from "../../src/audit/ids.ts";
import { createKinds } from "../../src/audit/kinds.ts";
import type { SqlValue, Tx } from "../../src/audit/ports.ts";
import { databaseFile, openDatabase } from "../../src/runtime/database.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { createReader } from "../../src/sql/reader.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { filePlace, openEngine, withTempDir } from "../support/engine.ts";

const ENTRIES = 5000;
const INDEXED = 4095;

/** A log as the version before roll-ups left it: two runs indexed by kind and by block, half of the texts indexed. */
async function writeOldLog(dir: string): Promise<void> {
  const ports = systemPorts();
  const migrations = readMigrations(programRoot()).slice(0, 4);
  const opened = await openDatabase({ kind: "file", path: databaseFile(dir) }, { ...ports, migrations });
  if (!opened.ok) throw new Error(opened.reason);
  await opened.sql.close();
  const db = openFile(databaseFile(dir), "write");
  const reader = createReader((sql, args) => Promise.resolve(db.all(sql, args)));
  const run = (sql: string, args: readonly SqlValue[] = []) => Promise.resolve(db.run(sql, args));
  const tx: Tx = { ...reader, transaction: Symbol(), run };
  db.run("BEGIN IMMEDIATE", []);
  const drafts = Array.from(
    { length: ENTRIES },
    (_, i) =>
      createDraft(Date.UTC(2026, 0, 1) + i * 61_000, "desk", i % 3 === 0 ? "device" : "entity", `act.${i % 5}`, {
        severity: i % 7 === 0 ? "warning" : "info",
        message: `message ${i}`,
      }),
  );
  const deps = { kinds: createKinds(reader), entryId: createEntryIds(ports.entropy) };
  await appendEntries(tx, { head: 0, enabled: true }, drafts, deps);
  db.run("INSERT INTO activity_by_kind SELECT kind, seq FROM activity_log WHERE seq <= ?", [INDEXED]);
  db.run(
    `INSERT INTO activity_block SELECT seq / 2048, min(ts), max(ts) FROM activity_log WHERE seq <= ? GROUP BY 1`,
    [INDEXED],
  );
  db.run("INSERT INTO activity_text (rowid, folded) SELECT seq, 'message' FROM activity_log WHERE seq <= 2500", []);
  db.run("UPDATE activity_state SET indexed_seq = ?, text_seq = 2500", [INDEXED]);
  db.run("COMMIT", []);
  db.close();
}

Deno.test("a log of an earlier version is counted, searched and kept as one of today", () =>
  withTempDir(async (dir) => {
    await writeOldLog(dir);
    const engine = await openEngine(filePlace(dir));
    const facets = await engine.query.facets({});
    assertEquals([facets.total, facets.partial], [ENTRIES, false]);
    const warnings = Math.ceil(ENTRIES / 7);
    assertEquals(facets.severities, [{ value: "info", count: ENTRIES - warnings }, {
      value: "warning",
      count: warnings,
    }]);
    const days = await engine.query.histogram({}, 4);
    assertEquals(days.buckets.map(({ info, warning }) => info + warning), [1417, 1416, 1417, 750]);
    assertEquals((await engine.health()).text_behind, ENTRIES);
    while (await engine.textIndex.step());
    const page = await engine.query.page({ filter: { q: "MESSAGE 4242" }, limit: 5 });
    assertEquals((JSON.parse(page.entriesText) as Entry[]).map(({ message }) => message), ["message 4242"]);
    // Its entries are older than ninety days, and nobody asked for them to go.
    assertEquals(await engine.settings.read(), { enabled: true, maxDays: null, maxEntries: 20_000 });
    await engine.close();
  }));
