import { assert, assertEquals } from "@std/assert";
import { parseCreate } from "../../src/entities/input.ts";
import { ENTITY_DEFINITIONS } from "../../src/entity_types.ts";
import { create, created, MINIMAL, problemsOf, update, wrongFields } from "./samples.ts";

Deno.test("a body that is no object is one problem of the body itself", () => {
  for (const body of [null, [], "x", 1, true, undefined, [{ name: "x" }]]) {
    const expected = [{ field: "", message: "must be a JSON object" }];
    assertEquals(problemsOf(parseCreate(ENTITY_DEFINITIONS.gradient, body)), expected);
    assertEquals(problemsOf(update("gradient", {}, body)), expected);
  }
});

Deno.test("what the server writes is accepted and ignored", () => {
  const answer = { id: 1, created_at: null, updated_at: {}, state: "running" };
  assertEquals(created("output_target", answer).fields, created("output_target").fields);
  assertEquals(
    created("device", { online: 1, latency_ms: 2, last_seen_at: 3 }).fields,
    created("device").fields,
  );
  assertEquals(created("automation", { active: true, has_webhook_secret: 7 }).secrets, {});
});

Deno.test("status fields of one type are unknown to another", () => {
  assertEquals(wrongFields(create("gradient", { online: true, has_password: true })), ["online", "has_password"]);
});

Deno.test("unknown keys are named, also those that objects inherit", () => {
  const body: unknown = JSON.parse('{"name":"x","__proto__":{"stops":1},"constructor":1,"toString":2,"a b":3}');
  assertEquals(wrongFields(parseCreate(ENTITY_DEFINITIONS.gradient, body)), [
    "__proto__",
    "constructor",
    "toString",
    "a b",
  ]);
  const nested: unknown = JSON.parse(
    '{"name":"x","stops":[{"position":0,"color":"#000000","__proto__":1},{"constructor":1}]}',
  );
  assertEquals(wrongFields(parseCreate(ENTITY_DEFINITIONS.gradient, nested)), [
    "stops[0].__proto__",
    "stops[1].position",
    "stops[1].color",
    "stops[1].constructor",
  ]);
  const settings: unknown = JSON.parse('{"name":"x","kind":"push","settings":{"__proto__":1,"a b":2}}');
  assertEquals(wrongFields(parseCreate(ENTITY_DEFINITIONS.picture_source, settings)), [
    "settings.__proto__",
    'settings["a b"]',
  ]);
});

Deno.test("hostile keys are shown cut and cleaned, and not all of them", () => {
  const [first] = problemsOf(create("gradient", { ["\ud800\x1b[31m" + "k".repeat(1e6)]: 1 }));
  assert(first !== undefined && first.field.length < 80 && first.field.isWellFormed());
  assert(!first.field.includes("\x1b"));
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
  assertEquals(problemsOf(create("gradient", many)).length, 50);
  assertEquals(problemsOf(create("picture_source", { settings: many })).length, 50);
});

Deno.test("every wrong field is reported at once, with its path", () => {
  const parsed = create("gradient", { name: 1, tags: [2], stops: [{ position: 2, color: "red" }, null], zap: 1 });
  assertEquals(problemsOf(parsed), [
    { field: "zap", message: "is not a known field" },
    { field: "name", message: "must be a string" },
    { field: "tags[0]", message: "must be a string" },
    { field: "stops[0].position", message: "must be at most 1" },
    { field: "stops[0].color", message: "must be a colour such as #ff8800" },
    { field: "stops[1]", message: "must be an object" },
  ]);
});

Deno.test("an update keeps what was left out and puts no default over it", () => {
  const before = { description: "d", tags: ["t"], speed: 2, running: false };
  const parsed = update("sync_clock", before, { name: "New" });
  assert(parsed.ok);
  assertEquals(parsed.common, { name: "New", description: "d", tags: ["t"] });
  assertEquals(parsed.fields, { speed: 2, running: false });
});

Deno.test("an empty update gives back what is stored, for every type", () => {
  for (const definition of Object.values(ENTITY_DEFINITIONS)) {
    const { common, fields } = created(definition.type);
    assertEquals(update(definition.type, {}, {}), { ok: true, common, fields, secrets: {} });
  }
});

Deno.test("an update replaces objects and lists whole", () => {
  const before = { kind: "push", settings: { width: 8, height: 8 }, tags: ["a", "b"] };
  const parsed = update("picture_source", before, { settings: { width: 16 }, tags: ["c"] });
  assert(parsed.ok);
  assertEquals(parsed.fields["settings"], { width: 16, height: 36, hold_seconds: 5 });
  assertEquals(parsed.common.tags, ["c"]);
});

Deno.test("an update is validated whole: another kind needs its own settings", () => {
  assertEquals(wrongFields(update("template", {}, { kind: "postprocessing" }))[0], "settings.crop");
  assert(update("template", {}, { kind: "postprocessing", settings: {} }).ok);
  assertEquals(wrongFields(update("device", {}, { device_type: "wled" })), ["url"]);
});

Deno.test("an update cannot take a name or a kind away", () => {
  assertEquals(wrongFields(update("picture_source", {}, { name: null, kind: null })), ["name", "kind"]);
});

Deno.test("secrets are given, removed by null, or left out; never empty", () => {
  const secretsOf = (body: Record<string, unknown>) => created("automation", body).secrets;
  assertEquals(secretsOf({ webhook_secret: " pass word " }), { webhook_secret: " pass word " });
  assertEquals(secretsOf({ webhook_secret: null }), { webhook_secret: null });
  assertEquals(secretsOf({}), {});
  for (const webhook_secret of ["", 1, {}, "x".repeat(1025), "\ud800", "a\u0000b", "a\nb"]) {
    const problems = problemsOf(create("automation", { webhook_secret }));
    assertEquals(problems.map(({ field }) => field), ["webhook_secret"]);
  }
});

Deno.test("a secret is nowhere in the fields", () => {
  const parsed = created("picture_source", { kind: "ffmpeg", password: "hunter2" });
  assertEquals(parsed.secrets, { password: "hunter2" });
  assert(!JSON.stringify(parsed.fields).includes("hunter2"));
});

Deno.test("parsing leaves the body as it was", () => {
  const body = { ...MINIMAL.picture_source, settings: { width: 8 }, tags: [" a "] };
  const copy = structuredClone(body);
  parseCreate(ENTITY_DEFINITIONS.picture_source, body);
  assertEquals(body, copy);
});
