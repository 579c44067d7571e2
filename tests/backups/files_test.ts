import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { createBackupFolder } from "../../src/runtime/backup_folder.ts";
import { inspectDatabase } from "../../src/runtime/inspect_database.ts";
import { pack, unpack } from "../../src/runtime/packed_file.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { addEntity, bytesOf, MIGRATIONS, openBackups, streamOf } from "./open_backups.ts";

Deno.test("an inspection tells what is in a file, and leaves it and its folder as they are", () =>
  withTempDir(async (dir) => {
    const opened = await openBackups(dir);
    for (const name of ["a", "b", "c"]) await addEntity(opened.engine, name);
    await opened.close();
    const bytes = bytesOf(dir);
    // Left in WAL mode, and at a path that means something else in an address.
    assertEquals([...bytes.subarray(18, 20)], [2, 2]);
    const folder = join(dir, "50% of #1 ?mode=rw é");
    Deno.mkdirSync(folder);
    const path = join(folder, "copy.db");
    Deno.writeFileSync(path, bytes);
    const inspection = await inspectDatabase(path, MIGRATIONS);
    assert(inspection.ok, JSON.stringify(inspection));
    const { logId, ...facts } = inspection.facts;
    assertEquals(facts, { schema: MIGRATIONS.length, firstSeq: 1, headSeq: 3, entries: 3, entities: 3, keys: 0 });
    assertEquals(logId.length, 32);
    assertEquals(Deno.readFileSync(path), bytes);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["copy.db"]);
    assertEquals(await inspectDatabase(join(folder, "nothing.db"), MIGRATIONS), {
      ok: false,
      reason: "it cannot be opened",
    });
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("what was packed unpacks to the same, however large, and never to more than the limit", () =>
  withTempDir(async (dir) => {
    const [plain, packed, again] = ["plain", "packed", "again"].map((name) => join(dir, name));
    assert(plain && packed && again);
    const bytes = new Uint8Array(20 * 1024 * 1024 + 7); // some pieces, and some flushes to the disk
    for (let at = 0; at < bytes.length; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, Math.min(at + 30_000, bytes.length)));
    }
    Deno.writeFileSync(plain, bytes);
    const contents = await pack(plain, packed);
    assertEquals(contents.bytes, bytes.length);
    assertEquals(await unpack(packed, again, { limit: bytes.length }), { ok: true, ...contents });
    assertEquals(await digest(Deno.readFileSync(again)), contents.sha256);
    assertEquals(await digest(bytes), contents.sha256);
    const refused = { ok: false, reason: "it unpacks to more than it may", tooLarge: true } as const;
    assertEquals(await unpack(packed, again, { limit: bytes.length - 1 }), refused);
    assert(Deno.statSync(again).size < bytes.length);
  }));

const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

Deno.test("a sender may send so much and no more, and may not stand still", () =>
  withTempDir(async (dir) => {
    const folder = createBackupFolder(dir);
    const part = await folder.begin();
    const fill = (bytes: ReadableStream<Uint8Array>, limit: number) => folder.fill(part, bytes, { limit, idleMs: 20 });
    const bytes = crypto.getRandomValues(new Uint8Array(5000));
    assertEquals(await fill(streamOf(bytes), 5000), { ok: true, bytes: 5000 });
    assertEquals(Deno.readFileSync(part), bytes);
    assertEquals(await fill(streamOf(bytes), 4999), { ok: false, why: "too_large" });
    let told = false;
    const still = new ReadableStream<Uint8Array>({ cancel: () => void (told = true) });
    assertEquals([await fill(still, 5000), told], [{ ok: false, why: "idle" }, true]);
    assertEquals(Deno.statSync(part).mode! & 0o777, 0o600);
  }));

Deno.test("a part that is dropped takes with it what a database left beside it", () =>
  withTempDir(async (dir) => {
    const folder = createBackupFolder(dir);
    const part = await folder.begin();
    Deno.writeTextFileSync(`${part}-wal`, "x");
    await folder.drop(part);
    await folder.drop(part);
    assertEquals([...Deno.readDirSync(dir)], []);
  }));
