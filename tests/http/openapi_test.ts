import { assert, assertEquals } from "@std/assert";
import { describeApi } from "../../src/http/openapi.ts";
import type { ApiDocument } from "../../src/http/openapi_types.ts";
import { describeRoutes } from "../../src/http/routes.ts";
import { LAMP_ROUTES } from "./lamp_routes.ts";
import { serve } from "./server.ts";

const own = describeRoutes({
  routes: () => LAMP_ROUTES,
  version: "1.2.3",
  readAsset: () => Promise.resolve(undefined),
});
const api = describeApi([...LAMP_ROUTES, ...own], { version: "1.2.3" });
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
);
const lamps = (method: string, path = "/api/v1/lamps") => {
  const operation = api.paths[path]?.[method];
  assert(operation !== undefined);
  return operation;
};

/** Every `$ref` anywhere in a value. */
function references(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => key === "$ref" ? [String(inner)] : references(inner));
}

/** What a JSON pointer such as `#/components/schemas/Problem` leads to. */
function found(pointer: string): unknown {
  const steps = pointer.replace(/^#\//, "").split("/");
  // Walking plain JSON by keys: each step is an object or the walk ends.
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], api);
}

Deno.test("every reference leads somewhere inside the document", () => {
  const all = references(api);
  assert(all.length > 20);
  for (const pointer of all) assert(found(pointer) !== undefined, pointer);
  assert(!JSON.stringify(api).includes("$defs"));
});

Deno.test("every parameter of a path is declared, once and required", () => {
  for (const { path, operation } of operations) {
    const declared = (operation.parameters ?? []).filter((one) => one.in === "path");
    assertEquals(declared.map(({ name }) => `{${name}}`), path.match(/\{\w+\}/g) ?? []);
    assert(declared.every(({ required }) => required));
  }
});

Deno.test("operation ids are unique and stay the same", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(lamps("put", "/api/v1/lamps/{id}/parts/{part}").operationId, "putLampsByIdPartsByPart");
  assertEquals(ids.slice(0, 2), ["getLamps", "postLamps"]);
});

Deno.test("the same routes give the same text", () => {
  assertEquals(JSON.stringify(describeApi([...LAMP_ROUTES, ...own], { version: "1.2.3" })), JSON.stringify(api));
});

Deno.test("a body is described as it is sent, an answer as it comes", () => {
  const sent = lamps("post").requestBody?.content["application/json"]?.schema;
  assertEquals(sent?.required, ["name", "colours", "channel"]);
  assertEquals(sent?.properties?.name, { type: "string" });
  assertEquals(sent?.properties?.labels, {
    type: "object",
    propertyNames: { type: "string" },
    additionalProperties: { type: "string" },
  });
});

Deno.test("query parameters say whether they are needed, and their default", () => {
  const told = lamps("get").parameters?.map(({ name, required, description }) => [name, required, description]);
  assertEquals(told, [
    ["limit", false, "How many at most"],
    ["tags", false, undefined],
    ["since", false, undefined],
    ["kind", true, undefined],
  ]);
  assertEquals(lamps("get").parameters?.[0]?.schema, { default: 50, type: "integer", minimum: 1, maximum: 200 });
});

Deno.test("a recursive schema becomes a component that refers to itself", () => {
  const body = lamps("put", "/api/v1/lamps/{id}/parts/{part}").requestBody;
  const pointer = body?.content["application/json"]?.schema.$ref ?? "";
  assertEquals(references(found(pointer)), [pointer]);
  assertEquals(body?.required, false);
});

Deno.test("a schema with a name stands in the document once", () => {
  assertEquals(Object.keys(api.components.schemas).filter((name) => name.startsWith("LampColour")), ["LampColour"]);
});

Deno.test("only an object declared as strict promises to stay as it is", () => {
  const schema = (path: string) => JSON.stringify(lamps("get", path).responses["200"]);
  assert(!schema("/api/v1/lamps").includes("additionalProperties"));
  assert(schema("/health").includes('"additionalProperties":false'));
});

Deno.test("who may call is told for every route", () => {
  const who = (method: string, path: string) => {
    const { security, "x-role": role, "x-real-key": key } = lamps(method, path);
    return [security, role, key];
  };
  assertEquals(who("get", "/api/v1/lamps"), [[{ bearer: [] }], "viewer", undefined]);
  assertEquals(who("put", "/api/v1/lamps/{id}/parts/{part}"), [[{ bearer: [] }], "admin", true]);
  assertEquals(who("get", "/health"), [[], undefined, undefined]);
});

Deno.test("problems are part of every route, and never hide an answer of its own", () => {
  for (const { operation } of operations) {
    assertEquals(operation.responses.default, { $ref: "#/components/responses/problem" });
  }
  assertEquals(lamps("post").responses["413"], { $ref: "#/components/responses/too_large" });
  assert(JSON.stringify(lamps("post").responses["409"]).includes("users"));
  assertEquals("requestBody" in lamps("delete", "/api/v1/lamps/{id}"), false);
});

Deno.test("the document is served to anyone, with this server's version", async () => {
  const server = serve([...LAMP_ROUTES, ...own]);
  const response = await server.send("/api/v1/openapi.json", { headers: { authorization: "none" } });
  const served: ApiDocument = await response.json();
  assertEquals([served.openapi, served.info.version, response.headers.get("content-type")], [
    "3.1.0",
    "1.2.3",
    "application/json",
  ]);
  assertEquals(Object.keys(served.paths).length, 4);
});
