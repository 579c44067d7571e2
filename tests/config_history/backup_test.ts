import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { SqlValue } from "../../src/audit/ports.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { startController } from "../../virtual_wled/controller.ts";
import { bodyOf, problemIn, textOf } from "../api/answers.ts";
import { ADMIN, snapshotIn, withHouse } from "./house.ts";
import { SOME_CFG, startStubGear } from "./stub_gear.ts";

Deno.test("the first backup is stored, the same again is not, and both are on record with who asked", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ add, backUp, history, log }) => {
    const id = await add({ url: gear.url });
    const snapshot = await snapshotIn(await backUp(id));
    assertEquals([snapshot.previous_id, snapshot.changes, snapshot.trigger], [null, null, "manual"]);
    assertEquals(await snapshotIn(await backUp(id), 200), snapshot);
    const whose = { tenant_id: "studio", resource_type: "wled" };
    const { sha256, id: snapshot_id } = snapshot;
    assertEquals(log(), [
      ["anna", "config_snapshot_created", { ...whose, snapshot_id, sha256, trigger: "manual" }],
      ["anna", "config_backup_manual_trigger", { ...whose, outcome: "stored" }],
      ["anna", "config_snapshot_skipped_duplicate", { ...whose, sha256, trigger: "manual" }],
      ["anna", "config_backup_manual_trigger", { ...whose, outcome: "duplicate" }],
    ]);
    const known = await history(id);
    assertEquals([known["items"], known["total"]], [[snapshot], 1]);
    assertEquals([known["last_outcome"], known["last_problem"]], ["duplicate", null]);
  });
});

Deno.test("a change is stored with what came and went, and the diff shows it", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ add, backUp, call, log }) => {
    const id = await add({ url: gear.url });
    const before = await snapshotIn(await backUp(id));
    gear.cfg = {
      ...SOME_CFG,
      hw: { led: { total: 60, ins: [{ pin: [16], len: 60 }] } },
      nw: { ins: [{ ssid: "Home" }] },
    };
    gear.presets = { 0: {}, 1: { n: "Warm" } };
    const after = await snapshotIn(await backUp(id));
    assertEquals(after.previous_id, before.id);
    const path = `/api/v1/devices/${id}/config-snapshots/${after.id}`;
    const diff = await bodyOf(await call("GET", `${path}/diff`));
    assertEquals(diff["changes"], [
      { component: "cfg.hw.led", kind: "modified", lines: 4, line: '"len": 60' },
      { component: "cfg.nw", kind: "added", lines: 3, line: '"nw": {' },
      { component: "presets.1", kind: "added", lines: 2, line: '"1": {' },
    ]);
    assertEquals([diff["against"], diff["truncated"]], [before.id, false]);
    assertEquals([diff["lines_added"], diff["lines_removed"]], [after.lines_added, after.lines_removed]);
    assertStringIncludes(textOf(diff, "unified"), '\n-            "len": 30,\n+            "len": 60,\n');
    const [created, generated] = log().slice(2);
    assertEquals([created?.[1], generated?.[1]], ["config_snapshot_created", "config_diff_generated"]);
    assertEquals(generated?.[2], {
      tenant_id: "studio",
      resource_type: "wled",
      snapshot_id: after.id,
      lines_added: after.lines_added,
      lines_removed: after.lines_removed,
      changes: after.changes,
    });
    const none = await bodyOf(await call("GET", `/api/v1/devices/${id}/config-snapshots/${before.id}/diff`));
    assertEquals([none["against"], none["hunks"], none["unified"]], [null, [], ""]);
    const back = await bodyOf(
      await call("GET", `/api/v1/devices/${id}/config-snapshots/${before.id}/diff?against=${after.id}`),
    );
    assertEquals([back["lines_added"], back["lines_removed"]], [diff["lines_removed"], diff["lines_added"]]);
  });
});

Deno.test("the text is kept whole, its hash is that of what is downloaded, and the file has a harmless name", async () => {
  await using gear = await startStubGear();
  gear.cfg = '{"id":{"name":"x"},"hw":{"big":12345678901234567890,"exact":1.50,"far":1e400}}';
  await withHouse(async ({ add, backUp, call }) => {
    const id = await add({ url: gear.url, name: 'Küche/"\u{1f4a1} ..\\x' });
    const { id: sid, sha256, size } = await snapshotIn(await backUp(id));
    const file = await call("GET", `/api/v1/devices/${id}/config-snapshots/${sid}/download`);
    const text = await file.text();
    assertEquals(createHash("sha256").update(text).digest("hex"), sha256);
    assertEquals([new TextEncoder().encode(text).length, file.headers.get("etag")], [size, `"${sha256}"`]);
    for (const number of ["12345678901234567890", "1.50", "1e400"]) assertStringIncludes(text, `: ${number}`);
    assertEquals(
      file.headers.get("content-disposition"),
      `attachment; filename="Kuche-x-20261122-100000.json"; filename*=UTF-8''` +
        "K%C3%BCche-%F0%9F%92%A1-..-x-20261122-100000.json",
    );
    assertMatch(file.headers.get("content-type") ?? "", /^application\/json/);
    const whole = await bodyOf(await call("GET", `/api/v1/devices/${id}/config-snapshots/${sid}`));
    assertEquals(whole["text"], text);
    assertEquals(await (await call("HEAD", `/api/v1/devices/${id}/config-snapshots/${sid}/download`)).text(), "");
  });
});

Deno.test("what cannot be backed up is refused with its reason, and nothing is stored", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, call, log, history }) => {
    const refused = async (id: string) => {
      const { status, detail } = await problemIn(await backUp(id));
      return [status, detail];
    };
    assertEquals(await refused("dev_none"), [404, 'Cannot find device "dev_none"']);
    const doing = (name: string) => `Cannot read the configuration of device '${name}'`;
    const virtual = await add({ name: "Dream", device_type: "virtual" });
    assertEquals(await refused(virtual), [409, `${doing("Dream")}: devices of its type have none`]);
    const router = await add({ name: "Gate", device_type: "routeros", url: "ssh://127.0.0.1", ssh_user: "backup" });
    assertEquals(await refused(router), [409, `${doing("Gate")}: ssh_identity must be set first`]);
    const off = await add({ name: "Off", url: gear.url, enabled: false });
    assertEquals(await refused(off), [409, `${doing("Off")}: it is disabled`]);
    assertEquals(log(), []);
    assertEquals((await history(router))["last_outcome"], "failed");
    assertEquals(app().rows("SELECT id FROM config_snapshot"), []);
    const sid = `/api/v1/devices/${off}/config-snapshots/cfg_none`;
    for (const path of [sid, `${sid}/diff`, `${sid}/download`]) {
      assertEquals((await problemIn(await call("GET", path))).status, 404);
    }
    for (const limit of ["0", "201", "x", "1e1"]) {
      assertEquals((await call("GET", `/api/v1/devices/${off}/config-history?limit=${limit}`)).status, 422);
    }
  });
});

Deno.test("a snapshot of another device, or of another type, is not compared", async () => {
  await using gear = await startStubGear();
  const setup = {
    runOverSsh: () => Promise.resolve({ ok: true, text: "/ip address\nadd address=10.0.0.1/24\n" } as const),
  };
  await withHouse(async ({ add, backUp, call }) => {
    const [one, two] = [await add({ url: gear.url }), await add({ name: "Other", url: gear.url })];
    const [sidOne, sidTwo] = [(await snapshotIn(await backUp(one))).id, (await snapshotIn(await backUp(two))).id];
    const against = async (sid: string) =>
      (await call("GET", `/api/v1/devices/${one}/config-snapshots/${sidOne}/diff?against=${sid}`)).status;
    assertEquals(await against(sidTwo), 404);
    const json = { device_type: "routeros", url: "ssh://127.0.0.1", ssh_user: "a", ssh_identity: "/k" };
    assertEquals((await call("PUT", `/api/v1/devices/${one}`, { json })).status, 200);
    const router = await snapshotIn(await backUp(one));
    assertEquals(router.previous_id, null);
    assertEquals(await against(router.id), 409);
  }, { setup });
});

Deno.test("a text that an older version made is brought up before it is compared", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, call }) => {
    const id = await add({ url: gear.url });
    const first = await snapshotIn(await backUp(id));
    const older = gzipSync(JSON.stringify({ presets: gear.presets, cfg: { ...SOME_CFG, uptime: 7 } }));
    const values = [new Uint8Array(older), "0".repeat(64)];
    change(app().path, "UPDATE config_snapshot SET normaliser = 0, text = ?, sha256 = ?", values);
    assertEquals((await snapshotIn(await backUp(id), 200)).id, first.id);
    gear.presets = { 0: {}, 1: { n: "Warm" } };
    const { id: sid, changes } = await snapshotIn(await backUp(id));
    assertEquals(changes, 1);
    const diff = await bodyOf(await call("GET", `/api/v1/devices/${id}/config-snapshots/${sid}/diff`));
    assertEquals([diff["lines_added"], diff["lines_removed"]], [4, 1]);
  });
});

Deno.test("a secret that an older version did not know is in no answer, and the hash is that of what is answered", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, call }) => {
    const id = await add({ url: gear.url });
    const { id: sid, sha256 } = await snapshotIn(await backUp(id));
    const older = gzipSync(JSON.stringify({ presets: {}, cfg: { ...SOME_CFG, um: { mqttpass: 4711815 } } }));
    change(app().path, "UPDATE config_snapshot SET normaliser = 0, text = ?", [new Uint8Array(older)]);
    const path = `/api/v1/devices/${id}/config-snapshots/${sid}`;
    const file = await call("GET", `${path}/download`);
    const text = await file.text();
    assertMatch(text, /"mqttpass": "<secret:[0-9a-f]{8}>"/);
    const digest = createHash("sha256").update(text).digest("hex");
    assertNotEquals(digest, sha256);
    assertEquals(file.headers.get("etag"), `"${digest}"`);
    const whole = await bodyOf(await call("GET", path));
    assertEquals([whole["text"], whole["sha256"], whole["size"]], [text, digest, text.length]);
  });
});

Deno.test("a snapshot that is damaged does not keep the next ones from being stored", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, call, log }) => {
    const id = await add({ url: gear.url });
    const damaged = await snapshotIn(await backUp(id));
    change(app().path, "UPDATE config_snapshot SET text = ?", [new Uint8Array([1, 2, 3])]);
    gear.presets = { 0: {}, 1: { n: "Warm" } };
    const next = await snapshotIn(await backUp(id));
    assertEquals([next.previous_id, next.lines_added, next.changes], [damaged.id, null, null]);
    assertEquals(log().slice(2).map(([, action]) => action), [
      "config_snapshot_created",
      "config_backup_manual_trigger",
    ]);
    assertStringIncludes(app().log.join("\n"), "A stored configuration cannot be compared with the new one");
    assertEquals(
      textOf(await bodyOf(await call("GET", `/api/v1/devices/${id}/config-snapshots/${next.id}`)), "id"),
      next.id,
    );
    gear.presets = { 0: {} };
    assertEquals((await snapshotIn(await backUp(id))).lines_removed, 4);
  });
});

function change(path: string, sql: string, values: readonly SqlValue[]): void {
  const file = openFile(path, "write");
  file.run(sql, values);
  file.close();
}

Deno.test("a virtual controller is backed up as a real one is", async () => {
  const controller = await startController({ name: "Desk", ledCount: 12 });
  try {
    await withHouse(async ({ add, backUp, call }) => {
      const id = await add({ url: controller.url });
      await snapshotIn(await backUp(id));
      await snapshotIn(await backUp(id), 200);
      const json = { if: { mqtt: { en: true, broker: "10.0.0.2", user: "desk", psk: "hunter2" } } };
      await (await fetch(`${controller.url}/json/cfg`, { method: "POST", body: JSON.stringify(json) })).text();
      const { id: sid } = await snapshotIn(await backUp(id));
      const diff = await (await call("GET", `/api/v1/devices/${id}/config-snapshots/${sid}/diff`)).json();
      assertEquals(diff.changes, [{
        component: "cfg.if.mqtt",
        kind: "modified",
        lines: 7,
        line: '"broker": "10.0.0.2"',
      }]);
      assertMatch(diff.unified, /\n\+ +"psk": "<secret:[0-9a-f]{8}>",\n/);
    });
  } finally {
    await controller.close();
  }
});

Deno.test("a log that cannot store entries does not keep a backup from being stored", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp }) => {
    const id = await add({ url: gear.url });
    refuseEntries(app().path);
    await snapshotIn(await backUp(id));
    assertEquals(app().rows<{ n: number }>("SELECT count(*) AS n FROM config_snapshot"), [{ n: 1 }]);
    assertEquals(app().entries().filter(({ action }) => action.startsWith("config_")), []);
  });
});

function refuseEntries(path: string): void {
  const file = openFile(path, "write");
  file.exec("CREATE TRIGGER refuse BEFORE INSERT ON activity_log BEGIN SELECT RAISE(ABORT, 'no'); END");
  file.close();
}

Deno.test("a log that is switched off keeps no configuration from being stored, and says nothing of it", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, log, call }) => {
    const id = await add({ url: gear.url });
    await bodyOf(await call("PUT", "/api/v1/activity-log/settings", { json: { enabled: false }, token: ADMIN }));
    await snapshotIn(await backUp(id));
    assertEquals([log().length, app().rows("SELECT id FROM config_snapshot").length], [0, 1]);
  });
});

Deno.test("a device that is deleted while it is read leaves nothing behind", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, log, call }) => {
    const id = await add({ url: gear.url });
    gear.treat = (path, answer) =>
      path === "/presets.json" ? void call("DELETE", `/api/v1/devices/${id}`).then(answer) : answer();
    assertEquals((await problemIn(await backUp(id))).status, 409);
    assertEquals(log(), []);
    assertEquals(app().rows("SELECT id FROM config_snapshot UNION SELECT device_id FROM config_check"), []);
  });
});

Deno.test("a device that is renamed while it is read is on record under its new name", async () => {
  await using gear = await startStubGear();
  await withHouse(async ({ app, add, backUp, call }) => {
    const id = await add({ url: gear.url });
    const rename = () => call("PUT", `/api/v1/devices/${id}`, { json: { name: "Desk" } });
    gear.treat = (path, answer) => path === "/presets.json" ? void rename().then(answer) : answer();
    await snapshotIn(await backUp(id));
    const entries = app().entries().filter(({ action }) => action.startsWith("config_"));
    assertEquals(entries.map(({ entity_name }) => entity_name), ["Desk", "Desk"]);
    assertEquals(app().rows("SELECT device_name FROM config_snapshot"), [{ device_name: "Desk" }]);
  });
});

Deno.test("who asks for a device that has just got another address gets what stands there", async () => {
  await using gear = await startStubGear();
  await using other = await startStubGear();
  await withHouse(async ({ add, backUp, log, call, pass }) => {
    const id = await add({ url: gear.url });
    let go = () => {};
    const asked = new Promise<void>((resolve) => {
      gear.treat = (_path, answer) => {
        go = answer;
        resolve();
      };
    });
    pass(5000);
    await asked;
    await bodyOf(await call("PUT", `/api/v1/devices/${id}`, { json: { url: other.url } }));
    const answer = backUp(id);
    gear.treat = (_path, others) => others();
    go();
    await snapshotIn(await answer);
    assertEquals(log().map(([actor, action]) => [actor, action]), [
      ["anna", "config_snapshot_created"],
      ["anna", "config_backup_manual_trigger"],
    ]);
  }, { started: true });
});
