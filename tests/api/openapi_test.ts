import { assert, assertEquals } from "@std/assert";
import { PROBLEM_SCHEMA } from "../../src/http/problem.ts";
import type { Route } from "../../src/http/route.ts";
import { type CallOptions, type TestApp, withApp } from "../support/app.ts";
import { pretendAdb } from "../adb/pretend_adb.ts";
import { createAir } from "../discovery/air.ts";
import { configSetup } from "../config_history/setup.ts";
import { startStubLight } from "../devices/stub_light.ts";
import { anId } from "../entities/samples.ts";
import { ENTITY_TYPES, MINIMAL, pathOf } from "./entities.ts";

interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly security?: readonly unknown[];
  readonly "x-role"?: string;
  readonly "x-real-key"?: boolean;
  readonly requestBody?: unknown;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

async function describedBy(app: TestApp): Promise<{ readonly text: string; readonly api: ApiDocument }> {
  const answer = await app.call("GET", "/api/v1/openapi.json");
  assertEquals([answer.status, answer.headers.get("content-type")], [200, "application/json"]);
  const text = await answer.text();
  return { text, api: JSON.parse(text) };
}

Deno.test("every route is described: who may call it, what it takes, what it answers", async () => {
  await withApp(async (app) => {
    const { api } = await describedBy(app);
    assertEquals(api.openapi, "3.1.0");
    const described = Object.values(api.paths).flatMap((methods) => Object.keys(methods)).length;
    const ofPrograms = app.app.routes.filter(({ browser }) => !browser);
    assertEquals(described, ofPrograms.length);
    for (const { method, path, access, query, body, rawBody, answers } of ofPrograms) {
      const where = `${method} ${path}`;
      const operation = api.paths[path]?.[method.toLowerCase()];
      assert(operation, `${where} is not described`);
      assertEquals(operation["x-role"], access.who === "anyone" ? undefined : access.who, where);
      assertEquals(operation["x-real-key"], access.who === "anyone" ? undefined : access.key, where);
      assertEquals(operation.security?.length, access.who === "anyone" ? 0 : 1, where);
      assertEquals(operation.requestBody !== undefined, (body ?? rawBody) !== undefined, where);
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).concat(
        Object.keys(query?.shape ?? {}),
      );
      assertEquals(operation.parameters?.map(({ name }) => name) ?? [], wanted, where);
      for (const status of Object.keys(answers)) assert(operation.responses[status], `${where} ${status}`);
    }
  });
});

Deno.test("every reference in the description leads somewhere", async () => {
  await withApp(async (app) => {
    const { text, api } = await describedBy(app);
    const references = new Set([...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path));
    assert(references.size > 3);
    for (const path of references) {
      // Walking a document whose shape is what is being tested.
      const found = path.split("/").reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], api);
      assert(found, `nothing is at ${path}`);
    }
  });
});

Deno.test("the page to read the description names every route and needs nothing from elsewhere", async () => {
  await withApp(async (app) => {
    const page = await (await app.call("GET", "/api/v1/docs")).text();
    const shown = page.replaceAll(/<[^>]*>/g, "");
    for (const { path } of app.app.routes.filter(({ browser }) => !browser)) assert(shown.includes(path), path);
    for (const [, link = ""] of page.matchAll(/(?:href|src)="([^"#][^"]*)"/g)) {
      assert(link.startsWith("/"), `${link} leads elsewhere`);
      assertEquals((await app.call("GET", link)).status, 200, link);
    }
  });
});

/** Calls, keeps which answers were seen, and holds each against what its route declares. */
function createChecker(app: TestApp) {
  const seen = new Set<string>();
  const routeOf = (method: string, path: string): Route => {
    const shape = (route: Route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    const fits = app.app.routes.filter((route) => route.method === method && shape(route).test(path));
    const [found] = fits.toSorted((a, b) => Number(a.path.includes("{")) - Number(b.path.includes("{")));
    if (!found) throw new Error(`no route for ${method} ${path}`);
    return found;
  };
  const check = async (method: string, target: string, options: CallOptions = {}): Promise<Response> => {
    const answer = await app.call(method, target, options);
    const route = routeOf(method, target.replace(/\?.*$/, ""));
    const where = `${method} ${target}: ${answer.status}`;
    const declared = route.answers[answer.status];
    seen.add(`${method} ${route.path} ${answer.status}`);
    const text = await answer.clone().text();
    if (declared === undefined) {
      assert(answer.status >= 400, `${where} is not declared`);
      PROBLEM_SCHEMA.parse(JSON.parse(text));
    } else if (declared === null) {
      assertEquals(text, "", where);
    } else if (route.produces === undefined) {
      // Equal, so that neither a field that is not declared nor a default in place of a missing one passes.
      assertEquals(declared.parse(JSON.parse(text)), JSON.parse(text), where);
    } else {
      const type = answer.headers.get("content-type") ?? "";
      assert([route.produces].flat().some((produced) => type.startsWith(produced)), where);
    }
    return answer;
  };
  return { check, seen };
}

Deno.test("every answer is as its route declares it", async () => {
  const air = createAir();
  air.plug();
  await withApp(async (app) => {
    const { check, seen } = createChecker(app);
    for (const type of ENTITY_TYPES) {
      const path = pathOf(type);
      const made: Readonly<Record<string, string>> = await (await check("POST", path, { json: MINIMAL[type] })).json();
      const full = { tags: ["a"], description: "x\ny" };
      await check("POST", path, { json: { ...MINIMAL[type], name: "Full", ...full } });
      await check("POST", path, { json: MINIMAL[type] });
      await check("POST", path, { json: {} });
      await check("GET", `${path}?q=u`);
      await check("GET", `${path}?x=1`);
      for (const id of [made["id"] ?? "", anId("xxx")]) {
        await check("GET", `${path}/${id}`);
        await check("PUT", `${path}/${id}`, { json: { name: "New", ...full } });
        await check("DELETE", `${path}/${id}`);
      }
    }
    for (const { path } of app.app.routes.filter(({ browser }) => browser)) {
      await check("GET", path.replaceAll(/\{\w+\}/g, "x"));
    }
    await check("GET", "/api/v1/session");
    for (const path of ["/", "/health", "/metrics", "/api/v1/openapi.json", "/api/v1/docs", "/reference.css"]) {
      await check("GET", path);
    }
    await using light = await startStubLight();
    const lit = { name: "Lit", device_type: "wled", url: light.url };
    const { id } = await (await check("POST", "/api/v1/devices", { json: lit })).json();
    await check("GET", `/api/v1/devices/${id}/state`);
    // As it is already: what follows a change closely would wait for the change's entry.
    await check("PUT", `/api/v1/devices/${id}/power`, { json: { on: true } });
    await check("PUT", `/api/v1/devices/${id}/brightness`, { json: { brightness: 0.502 } });
    await check("PUT", `/api/v1/devices/${id}/color`, { json: { color: "#ffa000" } });
    await check("GET", `/api/v1/devices/states?ids=${id}`);
    await check("PUT", "/api/v1/devices/states", { json: { ids: [id, anId("dev")], on: true } });
    await check("PUT", `/api/v1/devices/${id}/state`, { json: { on: false } });
    await check("POST", `/api/v1/devices/${id}/identify`);
    await check("POST", "/api/v1/devices/bulk-edit", { json: { ids: [id, anId("dev")], add_tags: ["b"] } });
    await check("GET", "/api/v1/devices/discovered");
    await (await check("POST", "/api/v1/devices/discover", { json: { timeout_seconds: 1 } })).body?.cancel();
    await check("POST", "/api/v1/devices/discovered/adopt", { json: { ids: [anId("dsc")] } });
    const adb = { json: { address: "127.0.0.1" } };
    await check("POST", "/api/v1/system/adb/connect", adb);
    await check("GET", "/api/v1/system/adb/devices");
    await check("POST", "/api/v1/system/adb/disconnect", adb);
    await check("GET", `/api/v1/devices/${id}`);
    const snapshots = `/api/v1/devices/${id}/config-snapshots`;
    const { snapshot } = await (await check("POST", snapshots)).json();
    await check("POST", snapshots);
    await check("GET", `/api/v1/devices/${id}/config-history?limit=5`);
    for (const part of ["", "/diff", "/download"]) await check("GET", `${snapshots}/${snapshot.id}${part}`);
    const keys = "/api/v1/system/api-keys";
    await check("GET", "/api/v1/events/ws");
    const key = await (await check("POST", keys, { json: { label: "desk", expires_at: "2999-01-01" } })).json();
    const { token }: { readonly token: string } = key;
    await check("POST", keys, { json: { label: "panel" }, token });
    await check("GET", keys, { token });
    await check("DELETE", `${keys}/panel`, { token });
    await check("GET", "/api/v1/activity-log?limit=3", { token });
    await check("GET", "/api/v1/activity-log", { token });
    await check("GET", "/api/v1/activity-log");
    await check("GET", "/api/v1/activity-log?after_seq=0&limit=3", { token });
    await check("GET", "/api/v1/activity-log/actions", { token });
    await check("GET", "/api/v1/activity-log/facets", { token });
    await check("GET", "/api/v1/activity-log/histogram", { token });
    const file = await check("GET", "/api/v1/activity-log/export?format=csv", { token });
    await check("GET", `/api/v1/activity-log/exports/${file.headers.get("x-export-id")}`, { token });
    const order = { json: { format: "ndjson" }, token };
    const ticket = await (await check("POST", "/api/v1/activity-log/export-tickets", order)).json();
    await check("GET", String(ticket["url"]));
    await check("GET", "/api/v1/activity-log/settings", { token });
    await check("PUT", "/api/v1/activity-log/settings", { json: { max_days: null, max_entries: 500 }, token });
    await check("GET", "/api/v1/backups/settings", { token });
    await check("PUT", "/api/v1/backups/settings", { json: { interval_hours: 12 }, token });
    const { filename } = await (await check("POST", "/api/v1/backups", { token })).json();
    await check("GET", "/api/v1/backups", { token });
    await check("GET", `/api/v1/backups/${filename}`, { token });
    await check("DELETE", `/api/v1/backups/${filename}`, { token });
    await check("GET", "/api/v1/system", { token });
    await check("GET", "/api/v1/system/shutdown-action", { token });
    await check("PUT", "/api/v1/system/shutdown-action", { json: { action: "leave" }, token });
    await check("POST", "/api/v1/system/restart", { token });
    await check("POST", "/api/v1/system/shutdown", { token });
    await check("GET", "/api/v1/update", { token });
    await check("GET", "/api/v1/update/settings", { token });
    await check("PUT", "/api/v1/update/settings", { json: { check_daily: false }, token });
    await check("DELETE", "/api/v1/activity-log", { token });
    const declared = app.app.routes.flatMap(({ method, path, answers }) =>
      Object.keys(answers).map((status) => `${method} ${path} ${status}`)
    );
    // A handshake, the body of a file, a process around the server, or a program that is one file is needed for these.
    assertEquals(declared.filter((answer) => !seen.has(answer)), [
      "GET /api/v1/events/ws 101",
      "POST /api/v1/backups/upload 201",
      "POST /api/v1/backups/{filename}/restore 200",
      "POST /api/v1/update/check 200",
      "POST /api/v1/update/apply 202",
      "POST /api/v1/update/dismiss 200",
    ]);
  }, { ...pretendAdb(), mdns: air.mdns, configHistory: configSetup() });
});
