import { assert, assertEquals } from "@std/assert";
import { awake } from "../audit/removal_checks.ts";
import { openApp, type TestApp, withApp } from "../support/app.ts";
import { withTempDir } from "../support/engine.ts";
import { bodyOf, makeKeys, refusal } from "./answers.ts";

const LOG = "/api/v1/activity-log";
const SETTINGS = `${LOG}/settings`;
const DEFAULTS = { enabled: true, max_days: 90, max_entries: 20_000 };

const put = (app: TestApp, token: string, json: unknown) => awake(app.call("PUT", SETTINGS, { token, json }));

const recorded = (app: TestApp) => app.entries().map(({ action, actor, metadata }) => [action, actor, metadata]);

/** Entries about the log itself, since the keys were made. */
const ofTheLog = (app: TestApp) => recorded(app).filter(([action]) => String(action).startsWith("activity_log."));

/** Makes so many gradients and with them entries. */
async function fill(app: TestApp, token: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await bodyOf(await app.call("POST", "/api/v1/gradients", { token, json: { name: `G${i}` } }), 201);
  }
}

Deno.test("the settings are told to a viewer, and changed in part by an admin with a key", () =>
  withApp(async (app) => {
    const { viewer, operator, admin } = await makeKeys(app);
    assertEquals(await bodyOf(await app.call("GET", SETTINGS, { token: viewer })), DEFAULTS);
    assertEquals((await put(app, operator, { enabled: false })).status, 403);
    assertEquals(await bodyOf(await put(app, admin, { max_days: null })), { ...DEFAULTS, max_days: null });
    assertEquals(await bodyOf(await put(app, admin, {})), { ...DEFAULTS, max_days: null });
    assertEquals(await bodyOf(await put(app, admin, { max_days: 1, max_entries: null })), {
      enabled: true,
      max_days: 1,
      max_entries: null,
    });
    assertEquals(ofTheLog(app), [
      ["activity_log.retention_changed", "admin", { max_days: null, max_entries: 20_000 }],
      ["activity_log.retention_changed", "admin", { max_days: 1, max_entries: null }],
    ]);
  }));

Deno.test("without a key nobody changes the settings or clears the log, also not on this machine", () =>
  withApp(async (app) => {
    assertEquals((await app.call("GET", SETTINGS)).status, 200);
    assertEquals((await app.call("PUT", SETTINGS, { json: { enabled: false } })).status, 401);
    assertEquals((await app.call("DELETE", LOG)).status, 401);
  }));

Deno.test("settings out of bounds, of another type or of another name are refused whole", () =>
  withApp(async (app) => {
    const { admin } = await makeKeys(app);
    const bad: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ max_days: 0 }, "max_days"],
      [{ max_days: 3651 }, "max_days"],
      [{ max_days: 1.5 }, "max_days"],
      [{ max_entries: 99 }, "max_entries"],
      [{ max_entries: 10_000_001 }, "max_entries"],
      [{ max_entries: "500" }, "max_entries"],
      [{ enabled: null }, "enabled"],
      [{ enabled: false, days: 3 }, "days"],
    ];
    for (const [json, field] of bad) assertEquals(await refusal(await put(app, admin, json)), [422, field]);
    assertEquals((await app.call("PUT", SETTINGS, { token: admin })).status, 422, "no body at all");
    assertEquals(await bodyOf(await app.call("GET", SETTINGS, { token: admin })), DEFAULTS);
    assertEquals(ofTheLog(app), []);
    for (const json of [{ max_days: 3650, max_entries: 10_000_000 }, { max_days: 1, max_entries: 100 }]) {
      assertEquals((await put(app, admin, json)).status, 200);
    }
  }));

Deno.test("a smaller limit holds as soon as the answer is there", () =>
  withApp(async (app) => {
    const { admin } = await makeKeys(app);
    await fill(app, admin, 150);
    await bodyOf(await put(app, admin, { max_entries: 100 }));
    const entries = app.entries();
    assertEquals(entries.length, 100);
    assertEquals(entries.at(-1)?.metadata, { deleted: 55, up_to_seq: 55 });
    assertEquals([entries.at(-1)?.action, entries.at(-1)?.actor], ["activity_log.pruned", "system"]);
    const page = await bodyOf(await app.call("GET", LOG, { token: admin }));
    assertEquals(page["total"], 100);
  }));

Deno.test("off and on again is remembered by the next start, with limits first on record", () =>
  withTempDir(async (dir) => {
    const first = await openApp(dir);
    const { admin } = await makeKeys(first);
    await bodyOf(await put(first, admin, { enabled: false, max_entries: 200 }));
    await fill(first, admin, 2);
    await first.close();
    const app = await openApp(dir);
    try {
      assertEquals((await bodyOf(await app.call("GET", SETTINGS, { token: admin })))["enabled"], false);
      await bodyOf(await app.call("POST", "/api/v1/gradients", { token: admin, json: { name: "Dark" } }), 201);
      await bodyOf(await put(app, admin, { enabled: true }));
      await bodyOf(await app.call("POST", "/api/v1/gradients", { token: admin, json: { name: "Seen" } }), 201);
      assertEquals(recorded(app).slice(3).map(([action, actor]) => [action, actor]), [
        ["activity_log.retention_changed", "admin"],
        ["activity_log.disabled", "admin"],
        ["activity_log.enabled", "admin"],
        ["entity.created", "admin"],
      ]);
    } finally {
      await app.close();
    }
  }));

Deno.test("clearing answers how many went, and says so as the first entry of the new log", () =>
  withApp(async (app) => {
    const { admin, operator } = await makeKeys(app);
    await fill(app, admin, 5);
    assertEquals((await app.call("DELETE", LOG, { token: operator })).status, 403);
    const before = app.entries().length;
    assertEquals(await bodyOf(await app.call("DELETE", LOG, { token: admin })), { deleted: before });
    assertEquals(recorded(app), [["activity_log.cleared", "admin", { deleted: before, up_to_seq: before }]]);
    const page = await bodyOf(await app.call("GET", LOG, { token: admin }));
    assertEquals([page["total"], page["has_more"]], [1, false]);
  }));

Deno.test("callers without a key may cause a hundredth of what the log keeps, from the change on", () =>
  withApp(async (app) => {
    const { admin } = await makeKeys(app);
    await bodyOf(await put(app, admin, { max_entries: 300 }));
    const rejected = () => app.entries().filter(({ action }) => action === "auth.rejected").length;
    let sender = 0;
    const knock = async (times: number) => {
      // Each from an address of its own, so that only the limit of all holds them.
      for (let i = 0; i < times; i++) {
        const answer = await app.call("GET", LOG, { peer: `192.168.7.${++sender}`, headers: { host: "192.168.1.10" } });
        assertEquals(answer.status, 401);
      }
      return rejected();
    };
    assertEquals(await knock(10), 3);
    await bodyOf(await put(app, admin, { max_entries: 800 }));
    assertEquals(await knock(10), 8);
    await bodyOf(await put(app, admin, { max_entries: null }));
    assert(await knock(100) === 108, `${rejected()}`);
  }));
