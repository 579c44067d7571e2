import { databaseFile } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { checkMigrations, migrate } from "../../src/sql/migrations.ts";
import type { TestApp } from "../support/app.ts";
import { assert, assertEquals, assertNotEquals } from "../support/assert.ts";
import { withTempDir } from "../support/engine.ts";
import { assertSoundLog, copyOf, folderIn, query, restoreFrom, withAppOn } from "./restore_support.ts";

const STOPS = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];

interface Made {
  readonly id: string;
  readonly name: string;
}

async function create(app: TestApp, path: string, json: unknown, token?: string): Promise<Made> {
  const answer = await app.call("POST", `/api/v1/${path}`, { json, token });
  assertEquals(answer.status, 201);
  return await answer.json();
}

async function list(app: TestApp, path: string, token?: string): Promise<readonly Made[]> {
  const answer = await app.call("GET", `/api/v1/${path}`, { token });
  assertEquals(answer.status, 200);
  return (await answer.json()).items;
}

const rowsOf = (dir: string, sql: string) => query<Record<string, unknown>>(databaseFile(dir), sql);

/** Runs statements on a database that nobody uses. */
function write(dir: string, ...statements: readonly string[]): void {
  const db = openFile(databaseFile(dir), "write");
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.close();
  }
}

Deno.test("what was changed, deleted or added since is as it was: entities, what uses what, and the server's settings", () =>
  withTempDir(async (dir) => {
    await withAppOn(dir, async (app) => {
      const device = await create(app, "devices", { name: "Desk", device_type: "virtual", led_count: 5 });
      const gradient = await create(app, "gradients", { name: "Dusk", stops: STOPS, tags: ["evening"] });
      const strip = await create(app, "color-strip-sources", {
        name: "Strip",
        kind: "gradient",
        gradient_id: gradient.id,
      });
      await create(app, "output-targets", { name: "Out", device_id: device.id, color_strip_source_id: strip.id });
    });
    write(
      dir,
      "INSERT INTO server_setting (name, value) VALUES ('shutdown_action', '{\"action\":\"leave\"}')",
      "INSERT INTO device_identity (device_id, identity, place) SELECT id, 'aabbccddeeff', 'x:80' FROM entity WHERE type = 'device'",
    );
    const copy = await copyOf(dir);
    const kept = "SELECT * FROM entity_reference ORDER BY 1, 2";
    const before = { entities: rowsOf(dir, "SELECT id, type, name, tags, fields, updated_at FROM entity ORDER BY id") };
    const references = rowsOf(dir, kept);
    await withAppOn(dir, async (app) => {
      const [target] = await list(app, "output-targets");
      await app.call("DELETE", `/api/v1/output-targets/${target!.id}`);
      const [strip] = await list(app, "color-strip-sources");
      await app.call("DELETE", `/api/v1/color-strip-sources/${strip!.id}`);
      const [gradient] = await list(app, "gradients");
      await app.call("PUT", `/api/v1/gradients/${gradient!.id}`, { json: { name: "Dawn", tags: [] } });
      // The name that the restored one has is taken by another meanwhile.
      await create(app, "gradients", { name: "Dusk", stops: STOPS });
    });
    write(
      dir,
      'UPDATE server_setting SET value = \'{"action":"stop_targets"}\'',
      "INSERT INTO server_setting (name, value) VALUES ('update', '{}')",
      `INSERT INTO discovered_device VALUES ('d1', 'aabbccddeeff', 'n', 'wled', 'http://10.0.0.9', '10.0.0.9', 'h.local', NULL, 1, 1, 't', 't'),
         ('d2', 'ffffffffffff', 'n', 'wled', 'http://10.0.0.9', '10.0.0.9', 'h.local', NULL, 1, 1, 't', 't')`,
    );
    assertEquals((await restoreFrom(dir, copy)).log, "kept");
    assertSoundLog(dir);
    assertEquals(
      rowsOf(dir, "SELECT id, type, name, tags, fields, updated_at FROM entity ORDER BY id"),
      before.entities,
    );
    assertEquals(rowsOf(dir, kept), references);
    assertEquals(rowsOf(dir, "SELECT * FROM server_setting"), [{
      name: "shutdown_action",
      value: '{"action":"leave"}',
    }]);
    assertEquals(rowsOf(dir, "SELECT identity FROM device_identity"), [{ identity: "aabbccddeeff" }]);
    assertEquals(rowsOf(dir, "SELECT id FROM discovered_device"), [{ id: "d2" }]);
    await withAppOn(dir, async (app) => {
      assertEquals((await list(app, "gradients")).map(({ name }) => name), ["Dusk"]);
      assertEquals((await list(app, "output-targets")).map(({ name }) => name), ["Out"]);
      const used = await app.call("DELETE", `/api/v1/gradients/${(await list(app, "gradients"))[0]!.id}`);
      assertEquals(used.status, 409);
    });
  }));

Deno.test("the version of a state that was undone names no restored state", () =>
  withTempDir(async (dir) => {
    let path = "";
    await withAppOn(dir, async (app) => {
      path = `/api/v1/gradients/${(await create(app, "gradients", { name: "Dusk", stops: STOPS })).id}`;
      await create(app, "gradients", { name: "Other", stops: STOPS });
    });
    const copy = await copyOf(dir);
    let etag = "";
    await withAppOn(dir, async (app) => {
      etag = (await app.call("PUT", path, { json: { name: "Dawn" } })).headers.get("etag") ?? "";
    });
    await restoreFrom(dir, copy);
    await withAppOn(dir, async (app) => {
      assertEquals(
        (await app.call("PUT", path, { json: { name: "Late" }, headers: { "if-match": etag } })).status,
        412,
      );
      // The one that nobody touched is what it was, by the same version.
      assertEquals(rowsOf(dir, "SELECT version FROM entity WHERE name = 'Other'"), [{ version: 1 }]);
    });
  }));

const snapshot = (seq: number, device: string, id: string) =>
  `INSERT INTO config_snapshot (seq, id, device_id, device_name, resource_type, sha256, size, normaliser, "trigger",
     created_at, text) VALUES (${seq}, '${id}', '${device}', 'n', 'wled_cfg', '${
    "a".repeat(64)
  }', 1, 1, 'manual', 't', x'00')`;

Deno.test("configurations of devices stay, and those of devices that have none come from the backup, in their order", () =>
  withTempDir(async (dir) => {
    await withAppOn(dir, (app) => create(app, "gradients", { name: "Dusk", stops: STOPS }).then(() => {}));
    write(dir, snapshot(1, "de_a", "a1"), snapshot(2, "de_b", "b1"), snapshot(4, "de_b", "b2"));
    const copy = await copyOf(dir);
    write(dir, "DELETE FROM config_snapshot", snapshot(3, "de_a", "a2"), snapshot(5, "de_c", "c1"));
    await restoreFrom(dir, copy);
    assertEquals(
      rowsOf(dir, "SELECT id FROM config_snapshot ORDER BY seq").map(({ id }) => id),
      ["a2", "c1", "b1", "b2"],
    );
  }));

async function addKey(app: TestApp, label: string, role: string, token?: string): Promise<string> {
  const answer = await app.call("POST", "/api/v1/system/api-keys", { json: { label, role }, token });
  assertEquals(answer.status, 201);
  return (await answer.json()).token;
}

const statusWith = async (app: TestApp, token: string) =>
  (await app.call("GET", "/api/v1/gradients", { token })).status;

Deno.test("API keys stay as they are: made since, revoked since", () =>
  withTempDir(async (dir) => {
    const tokens: Record<string, string> = {};
    await withAppOn(dir, async (app) => {
      tokens["admin"] = await addKey(app, "admin", "admin");
      tokens["old"] = await addKey(app, "old", "viewer", tokens["admin"]);
    });
    const copy = await copyOf(dir);
    await withAppOn(dir, async (app) => {
      tokens["new"] = await addKey(app, "new", "viewer", tokens["admin"]);
      await app.call("DELETE", "/api/v1/system/api-keys/old", { token: tokens["admin"] });
    });
    const keys = rowsOf(dir, "SELECT * FROM api_key ORDER BY label");
    await restoreFrom(dir, copy);
    assertEquals(rowsOf(dir, "SELECT * FROM api_key ORDER BY label"), keys);
    await withAppOn(dir, async (app) => {
      assertEquals(await statusWith(app, tokens["new"]!), 200);
      assertEquals(await statusWith(app, tokens["old"]!), 401);
    });
  }));

Deno.test("with keys, those of the backup take their place; no label comes to mean somebody else, declared keys stay", () =>
  withTempDir(async (dir) => {
    const declared = "rack:admin:a-declared-token-of-some-length";
    const tokens: Record<string, string> = {};
    const old = await folderIn(dir, "old");
    await withAppOn(old, async (app) => {
      tokens["admin"] = await addKey(app, "admin", "admin");
      tokens["rack"] = await addKey(app, "rack", "viewer", tokens["admin"]);
    });
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withAppOn(box, async (app) => {
      const token = "a-declared-token-of-some-length";
      tokens["mine"] = await addKey(app, "mine", "admin", token);
    }, declared);
    assertEquals((await restoreFrom(box, copy, { keys: true })).log, "taken");
    await withAppOn(box, async (app) => {
      assertEquals(await statusWith(app, tokens["admin"]!), 200);
      assertEquals(await statusWith(app, tokens["mine"]!), 401);
      assertEquals(await statusWith(app, tokens["rack"]!), 401);
      assertEquals(await statusWith(app, "a-declared-token-of-some-length"), 200);
      const again = await app.call("POST", "/api/v1/system/api-keys", {
        json: { label: "mine", role: "viewer" },
        token: tokens["admin"],
      });
      assertEquals(again.status, 409);
    }, declared);
    const row = rowsOf(box, "SELECT source, token_hash, revoked_at FROM api_key WHERE label = 'mine'")[0];
    assertEquals(row?.["token_hash"], null);
    assertNotEquals(row?.["revoked_at"], null);
  }));

Deno.test("a log that is taken over takes the labels with it that it speaks of, without their keys", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    let token = "";
    await withAppOn(old, async (app) => void (token = await addKey(app, "desk", "admin")));
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withAppOn(box, () => Promise.resolve());
    assertEquals((await restoreFrom(box, copy)).log, "taken");
    await withAppOn(box, async (app) => {
      // Nobody has a key here: who sits at the machine may do everything, and nobody gets in with the old one.
      assertEquals((await app.call("GET", "/api/v1/gradients")).status, 200);
      assertEquals(await statusWith(app, token), 401);
      const again = await app.call("POST", "/api/v1/system/api-keys", { json: { label: "desk" } });
      assertEquals(again.status, 409);
    });
  }));

Deno.test("a backup of an older schema is brought up to the present one first", () =>
  withTempDir(async (dir) => {
    const old = await folderIn(dir, "old");
    const older = readMigrations(programRoot()).filter(({ version }) => version <= 8);
    const db = openFile(databaseFile(old), "write");
    const target = {
      all: (sql: string) => Promise.resolve(db.all(sql, [])),
      exec: (script: string) => Promise.resolve(db.exec(script)),
    };
    await migrate(target, older, () => 0);
    db.exec(
      `INSERT INTO entity VALUES ('gr_1', 'gradient', 'Older', '', '[]',
         '{"stops":[{"position":0,"color":"#000000"},{"position":1,"color":"#ffffff"}]}', '{}', 1, 't', 't')`,
    );
    db.close();
    const copy = await copyOf(old);
    const box = await folderIn(dir, "new");
    await withAppOn(box, (app) => create(app, "gradients", { name: "Dusk", stops: STOPS }).then(() => {}));
    await restoreFrom(box, copy);
    await withAppOn(box, async (app) => {
      assertEquals((await list(app, "gradients")).map(({ name }) => name), ["Older"]);
    });
    const applied = rowsOf(box, "SELECT version, name, checksum FROM schema_migration ORDER BY version");
    // The test that wrote the statement knows its columns.
    const check = checkMigrations(readMigrations(programRoot()), applied as never);
    assert(check.ok && check.pending.length === 0);
  }));
