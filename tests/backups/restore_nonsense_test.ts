import { gzipSync } from "node:zlib";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { assertEquals, assertMatch } from "../support/assert.ts";
import { processTest, type ServerProcess } from "../support/process.ts";

const STOPS = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];

/** What somebody, or a fault, may have done to the rows of a database that SQLite itself finds sound; and what is said of it. */
const NONSENSE: Readonly<Record<string, readonly [sql: string, reason: RegExp]>> = {
  "a device that is a number": ["UPDATE entity SET fields = '5' WHERE type = 'device'", /its device "Desk"/],
  "a device of no type": [
    `UPDATE entity SET fields = json_set(fields, '$.device_type', 'constructor') WHERE type = 'device'`,
    /its device "Desk"/,
  ],
  "a device on the internet": [
    `UPDATE entity SET fields = json_set(fields, '$.url', 'http://8.8.8.8') WHERE type = 'device'`,
    /its device "Desk"/,
  ],
  "an entity of no type": ["UPDATE entity SET type = 'banana' WHERE type = 'gradient'", /its banana "Dusk"/],
  "an id that is a path": ["UPDATE entity SET id = '../x' WHERE type = 'gradient'", /its gradient "Dusk"/],
  "tags that are none": ["UPDATE entity SET tags = 'null' WHERE type = 'gradient'", /its gradient "Dusk"/],
  "secrets that are none": [`UPDATE entity SET secrets = '{"a":1}' WHERE type = 'gradient'`, /its gradient "Dusk"/],
  "a version without end": [
    "UPDATE entity SET version = 9223372036854775807 WHERE type = 'gradient'",
    /its gradient "Dusk"/,
  ],
  "times that are none": ["UPDATE entity SET updated_at = 'x' WHERE type = 'gradient'", /its gradient "Dusk"/],
  "a setting beyond its bounds": [
    `INSERT INTO server_setting VALUES ('auto_backup', '{"enabled":true,"interval_hours":-3,"max_backups":0}')`,
    /its setting auto_backup/,
  ],
  "a setting that is null": ["INSERT INTO server_setting VALUES ('update', 'null')", /its setting update/],
  "a key that passes for the server": [
    `INSERT INTO api_key (label, role, source, token_hash, created_at)
     VALUES ('system', 'admin', 'database', '${"a".repeat(64)}', '2026-01-01T00:00:00.000Z')`,
    /one of its keys/,
  ],
  "a key that ends at no time": [
    `INSERT INTO api_key (label, role, source, token_hash, created_at, expires_at)
     VALUES ('x', 'admin', 'database', '${"a".repeat(64)}', '2026-01-01T00:00:00.000Z', 'zzzz')`,
    /one of its keys/,
  ],
  "an entry that is none": [`UPDATE activity_log SET entry = '{"id":"al_"}' WHERE seq = 2`, /not write/],
  "an entry of another place": [
    "UPDATE activity_log SET entry = (SELECT entry FROM activity_log WHERE seq = 1) WHERE seq = 2",
    /not write/,
  ],
  "an entry of no time": [
    "UPDATE activity_log SET entry = replace(entry, substr(entry, 45, 24), 'abcd-ef-ghTij:kl:mn.opqZ') WHERE seq = 2",
    /not write/,
  ],
  "kinds that are others": ["UPDATE activity_kind SET severity = 'debug'", /not write/],
};

const upload = (server: ServerProcess, token: string, bytes: Uint8Array<ArrayBuffer>) =>
  fetch(`${server.url}/api/v1/backups/upload`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/gzip" },
    body: bytes,
  });

/** The database of a stopped server after the script. */
function changed(path: string, from: Uint8Array, script: string): Uint8Array<ArrayBuffer> {
  for (const beside of ["-wal", "-shm"]) rmSync(path + beside, { force: true });
  writeFileSync(path, from);
  const db = openFile(path, "write");
  db.exec(`PRAGMA foreign_keys = OFF; ${script}`);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  return new Uint8Array(gzipSync(Deno.readFileSync(path)));
}

processTest(
  "rows that make no sense are refused while the server still runs as it is, and it goes on",
  async (test) => {
    const first = await test.start();
    const api = createApiClient(first.url);
    await api.create("gradients", { name: "Dusk", stops: STOPS });
    await api.create("devices", { name: "Desk", device_type: "wled", url: "http://127.0.0.1:9" });
    await first.kill();
    const sound = Deno.readFileSync(join(first.dataDir, "lumenlog.db"));

    // Nothing was set up here: the log of a backup would be taken too.
    const box = await test.start();
    const token = await createApiClient(box.url).createKey({ label: "desk" });
    const mine = createApiClient(box.url, token);
    for (const [name, [script, reason]] of Object.entries(NONSENSE)) {
      const path = join(first.dataDir, `${crypto.randomUUID()}.db`);
      const taken = await upload(box, token, changed(path, sound, script));
      assertEquals(taken.status, 201, `${name}: ${await taken.clone().text()}`);
      const { filename } = await taken.json();
      const { status, json } = await mine.call("POST", `/api/v1/backups/${filename}/restore`);
      assertEquals(status, 422, name);
      assertMatch(JSON.stringify(json), new RegExp(reason.source.replaceAll('"', '\\\\"')), name);
    }
    assertEquals(await mine.entries("actions=backup.restored"), [], "a refusal has changed nothing");

    const taken = await upload(box, token, changed(join(first.dataDir, "sound.db"), sound, ""));
    const { filename } = await taken.json();
    assertEquals((await mine.call("POST", `/api/v1/backups/${filename}/restore`)).status, 200);
    assertEquals((await mine.call("GET", "/api/v1/devices")).status, 200);
  },
);
