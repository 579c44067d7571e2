import { assert, assertEquals } from "@std/assert";
import type { Body } from "./answers.ts";
import { type TestApp, withApp } from "../support/app.ts";
import { make } from "./entities.ts";
import { connect } from "./live.ts";

const LOG = "/api/v1/activity-log";

async function get(app: TestApp, path: string): Promise<Body> {
  const answer = await app.call("GET", path);
  const text = await answer.text();
  assertEquals(answer.status, 200, `${path}: ${text}`);
  return JSON.parse(text);
}

const namesIn = (body: Body) => (body["entries"] as readonly Body[]).map((entry) => entry["entity_name"]);

/** Three gradients, two of them tagged, one renamed later; and a rejected caller. */
async function withHistory(work: (app: TestApp) => Promise<void>): Promise<void> {
  await withApp(async (app) => {
    await make(app, "gradient", { name: "Dawn", tags: ["warm"] });
    const { id } = await make(app, "gradient", { name: "Dusk", tags: ["warm", "late"] });
    await make(app, "sync_clock", { name: "Beat", tags: ["late"] });
    await app.call("PUT", `/api/v1/gradients/${id}`, { json: { name: "Night" } });
    await app.call("GET", "/api/v1/devices", { peer: "2001:db8::7" });
    await work(app);
  });
}

Deno.test("entries are found by action, name at the time, metadata and tag", () =>
  withHistory(async (app) => {
    const found = async (query: string) => namesIn(await get(app, `${LOG}?${query}`));
    assertEquals(await found("actions=entity.updated"), ["Night"]);
    assertEquals(await found("actions=entity.updated,auth.rejected&actions=entity.deleted"), [null, "Night"]);
    assertEquals(await found("entity_name=Dusk"), ["Dusk"]);
    assertEquals(await found("entity_name=dusk"), []);
    assertEquals(await found("metadata_key=reason"), [null]);
    assertEquals(await found("metadata_value=no_keys"), [null]);
    assertEquals(await found("metadata_key=reason&metadata_value=no_keys"), [null]);
    assertEquals(await found("metadata_key=client&metadata_value=no_keys"), []);
    assertEquals(await found("tag=warm"), ["Night", "Dusk", "Dawn"]);
    assertEquals(await found("tag=late&entity_type=sync_clock"), ["Beat"]);
    assertEquals(await found("tag=nobody"), []);
  }));

Deno.test("entries are found by what they are about uses, directly or through others", () =>
  withApp(async (app) => {
    const named = async (type: Parameters<typeof make>[1], name: string, fields: Body = {}) =>
      String((await make(app, type, { name, ...fields }))["id"]);
    const desk = await named("device", "Desk");
    await named("device", "Shelf");
    const target = await named("output_target", "Desk strip", { device_id: desk });
    const scene = await named("scene_preset", "Evening", { targets: [{ output_target_id: target }] });
    await named("scene_playlist", "Week", { items: [{ scene_preset_id: scene }] });
    await named("automation", "At dusk", { scene_preset_id: scene, tags: ["late"] });
    await named("gradient", "Dawn", { tags: ["late"] });
    const found = async (query: string) => namesIn(await get(app, `${LOG}?${query}`));
    assertEquals(await found(`related_to=${desk}`), ["At dusk", "Week", "Evening", "Desk strip", "Desk"]);
    assertEquals(await found(`related_to=${scene}`), ["At dusk", "Week", "Evening"]);
    assertEquals(await found(`related_to=${desk}&tag=late`), ["At dusk"]);
    assertEquals(await found(`related_to=${desk}&entity_type=device`), ["Desk"]);
    await app.call("PUT", `/api/v1/output-targets/${target}`, { json: { device_id: null } });
    assertEquals(await found(`related_to=${desk}`), ["Desk"], "what refers to it no more is left out");
    await app.call("DELETE", `/api/v1/devices/${desk}`);
    assertEquals(await found(`related_to=${desk}`), ["Desk", "Desk"], "what is gone keeps its own");
    assertEquals(await found("related_to=nothing"), []);
  }));

Deno.test("pages forward begin after a place and end where nothing more is", () =>
  withHistory(async (app) => {
    const first = await get(app, `${LOG}?after_seq=0&limit=2`);
    assertEquals(namesIn(first), ["Dawn", "Dusk"]);
    assertEquals([first["next_after_seq"], first["next_before_seq"], first["has_more"], first["total"]], [
      2,
      null,
      true,
      5,
    ]);
    const second = await get(app, `${LOG}?after_seq=2&limit=200`);
    assertEquals(namesIn(second), ["Beat", "Night", null]);
    assertEquals([second["next_after_seq"], second["has_more"]], [null, false]);
    assertEquals(namesIn(await get(app, `${LOG}?after_seq=5`)), []);
    const both = await app.call("GET", `${LOG}?after_seq=1&before_seq=3`);
    assertEquals(both.status, 422);
    assertEquals((await app.call("GET", `${LOG}?after_seq=-1`)).status, 422);
  }));

Deno.test("facets and histogram answer for the same filter as the list", () =>
  withHistory(async (app) => {
    const facets = await get(app, `${LOG}/facets?entity_type=gradient`);
    assertEquals(facets, {
      categories: [{ value: "entity", count: 3 }],
      severities: [{ value: "info", count: 3 }],
      actions: [{ value: "entity.created", count: 2 }, { value: "entity.updated", count: 1 }],
      actors: [{ value: "anonymous", count: 3 }],
      entity_types: [{ value: "gradient", count: 3 }],
      total: 3,
      partial: false,
    });
    const histogram = await get(app, `${LOG}/histogram?buckets=5&severities=warning`);
    assertEquals([histogram["total"], histogram["partial"]], [1, false]);
    const buckets = histogram["buckets"] as readonly Body[];
    assert(buckets.length >= 1 && buckets.length <= 5);
    assertEquals(buckets.reduce((sum, bucket) => sum + Number(bucket["warning"]), 0), 1);
    assertEquals(buckets.every((bucket) => bucket["info"] === 0), true);
    const none = await get(app, `${LOG}/histogram?until=2001-01-01`);
    assertEquals(none, { since: null, until: null, bucket_seconds: 1, buckets: [], total: 0, partial: false });
    for (const wrong of ["buckets=0", "buckets=501", "buckets=1e2", "limit=5", "since=2026-02-01&until=2026-01-01"]) {
      assertEquals((await app.call("GET", `${LOG}/histogram?${wrong}`)).status, 422, wrong);
    }
    assertEquals((await app.call("GET", `${LOG}/facets?before_seq=5`)).status, 422);
  }));

Deno.test("a live client with a filter gets what matches and nothing else, in order", () =>
  withHistory(async (app) => {
    const client = await connect(app, undefined, { after_seq: 0, filter: { actions: "entity.created", tag: "warm" } });
    await make(app, "gradient", { name: "Elsewhere" });
    await make(app, "sync_clock", { name: "Last" });
    await app.call("GET", "/api/v1/session");
    const isClock = (message: Body) => message["type"] === "entity_changed" && message["entity_type"] === "sync_clock";
    const later = await client.until(isClock);
    const first = [...client.before, ...later].filter(({ type }) => type === "activity_logged");
    assertEquals(first.map(({ entry }) => (entry as Body)["entity_name"]), ["Dawn", "Dusk"]);
    client.close();
  }));

Deno.test("a live client whose filter is none is told so", () =>
  withApp(async (app) => {
    for (
      const filter of [{ categories: "nonsense" }, { nonsense: "x" }, { since: "2026-02-01", until: "2026-01-01" }]
    ) {
      const client = await connect(app, undefined, { filter }).catch((error: unknown) => error);
      assertEquals(String(client), "Error: closed with 4422 filter_invalid");
    }
  }));
