import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { z } from "zod";
import { route } from "../../src/http/route.ts";
import { jsonBody, problemIn, refusedFields, serve } from "./server.ts";

const lamp = z.strictObject({
  name: z.string().max(256),
  stops: z.array(z.strictObject({ position: z.number(), color: z.string() })).optional(),
  settings: z.union([z.strictObject({ path: z.string() }), z.null()]).optional(),
  extra: z.json().optional(),
});
const received: unknown[] = [];
const routes = [
  route({
    method: "POST",
    path: "/lamps",
    access: { who: "operator" },
    summary: "Makes a lamp.",
    tag: "Lamps",
    body: lamp,
    answers: { 201: lamp },
    handle: ({ body }) => {
      received.push(body);
      return Promise.resolve({ status: 201, json: body });
    },
  }),
  route({
    method: "POST",
    path: "/lamps/start",
    access: { who: "operator" },
    summary: "Starts lamps.",
    tag: "Lamps",
    body: z.object({ ids: z.array(z.string()) }),
    bodyOptional: true,
    answers: { 200: null },
    handle: ({ body }) => Promise.resolve({ status: 200, json: { body: body ?? "none" } }),
  }),
  route({
    method: "POST",
    path: "/bell",
    access: { who: "operator" },
    summary: "Rings.",
    tag: "Lamps",
    answers: { 204: null },
    handle: () => Promise.resolve({ status: 204 }),
  }),
];
const server = serve(routes);
const lamps = (body: BodyInit) => server.send("/lamps", jsonBody(body));

/** `{"name":"x","extra":[[[…]]]}`, so many levels in all. */
const nested = (levels: number) => `{"name":"x","extra":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;

/** A body that has no end; says when nobody reads it any more. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly cancelled: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>();
  let sent = 0;
  const chunk = new TextEncoder().encode("x".repeat(65_536));
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue((sent += chunk.length, chunk)),
    cancel: () => resolve(sent),
  });
  return { body, cancelled: promise };
}

Deno.test("wrong types name their fields, also deep inside", async () => {
  const answer = await server.post("/lamps", {
    name: 5,
    stops: [{ position: 0, color: "#fff" }, { position: 1, color: 7 }],
  });
  assertEquals(await refusedFields(answer), [422, ["name", "stops[1].color"]]);
});

Deno.test("each unknown field is named where it stands", async () => {
  const answer = await server.post("/lamps", {
    name: "x",
    colour: 1,
    stops: [{ position: 0, color: "#fff", "a b": 1 }],
  });
  assertEquals(await refusedFields(answer), [422, [`stops[0]["a b"]`, "colour"]]);
});

Deno.test("the closest alternative of a union names its field", async () => {
  assertEquals(await refusedFields(await server.post("/lamps", { name: "x", settings: { path: 1 } })), [422, [
    "settings.path",
  ]]);
});

Deno.test("a value that fits no alternative is named itself", async () => {
  assertEquals(await refusedFields(await server.post("/lamps", { name: "x", settings: 5 })), [422, ["settings"]]);
});

Deno.test("a key called __proto__ is an unknown field and changes no prototype", async () => {
  assertEquals(await refusedFields(await lamps('{"name":"x","__proto__":{"polluted":1}}')), [422, ["__proto__"]]);
  assertEquals("polluted" in {}, false);
});

Deno.test("a body that is no object at all is refused as a whole", async () => {
  for (const value of [null, 5, "text", [], true]) {
    assertEquals(await refusedFields(await server.post("/lamps", value)), [422, [""]]);
  }
});

Deno.test("thousands of mistakes make a short answer", async () => {
  const stops = Array.from({ length: 20_000 }, () => 1);
  const text = await (await server.post("/lamps", { name: "x", stops })).text();
  assert(text.length < 10_000, `${text.length} characters`);
});

Deno.test("an endless field name is cut in the answer", async () => {
  const problem = await problemIn(await server.post("/lamps", { name: "x", ["k".repeat(100_000)]: 1 }));
  assert((problem.errors[0]?.field.length ?? 0) < 300);
});

Deno.test("text that is not JSON is malformed, and the answer does not quote it", async () => {
  for (
    const text of ["{", "secret-token", '{"name":"a\u0000b"}', "{'name':1}", "[1,]", " ", '{"name":"x"}}', "\u0000"]
  ) {
    const answer = await lamps(text);
    const said = await answer.text();
    assertEquals([answer.status, answer.headers.get("content-type")], [400, "application/problem+json"], text);
    assertStringIncludes(said, "urn:lumenlog:problem:malformed");
    assertEquals(said.includes("secret-token"), false);
  }
});

Deno.test("bytes that are not UTF-8 are malformed", async () => {
  const start = new TextEncoder().encode('{"name":"');
  for (const bytes of [[0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xe2, 0x82]]) {
    assertEquals((await lamps(new Uint8Array([...start, ...bytes, 0x22, 0x7d]))).status, 400);
  }
});

Deno.test("a byte order mark is no mistake", async () => {
  assertEquals((await lamps('\ufeff{"name":"x"}')).status, 201);
});

Deno.test("lone surrogates and NUL written as escapes reach the handler as they are", async () => {
  assertEquals((await lamps(String.raw`{"name":"a\ud800b\u0000c"}`)).status, 201);
  assertEquals(received.at(-1), { name: "a\ud800b\u0000c" });
});

Deno.test("32 levels pass, 33 are too deep", async () => {
  assertEquals((await lamps(nested(32))).status, 201);
  assertEquals(await refusedFields(await lamps(nested(33))), [422, [""]]);
});

Deno.test("brackets inside strings are no levels", async () => {
  const name = "[{".repeat(60) + String.raw`\"[\\` + "[".repeat(60);
  assertEquals((await lamps(`{"name":"${name}"}`)).status, 201);
});

Deno.test("a depth bomb is refused before it is parsed", async () => {
  for (const bomb of ["[", '{"a":', "[{", '[["'].map((part) => part.repeat(200_000 / part.length))) {
    assertEquals((await lamps(bomb)).status, 422);
  }
});

Deno.test("a megabyte of brackets is too large, and too deep where so much is allowed", async () => {
  const bomb = "[".repeat(1_000_000);
  assertEquals((await lamps(bomb)).status, 413);
  assertEquals((await serve(routes, { limits: { bodyBytes: 2_000_000 } }).send("/lamps", jsonBody(bomb))).status, 422);
});

Deno.test("a name of 10 MB is too large", async () => {
  const problem = await problemIn(await server.post("/lamps", { name: "x".repeat(10_000_000) }));
  assertEquals([problem.status, problem.type], [413, "urn:lumenlog:problem:too_large"]);
});

Deno.test("a body may be exactly as large as the limit", async () => {
  const small = serve(routes, { limits: { bodyBytes: 12 } });
  assertEquals((await small.send("/lamps", jsonBody('{"name":"x"}'))).status, 201);
  assertEquals((await small.send("/lamps", jsonBody('{"name":"xy"}'))).status, 413);
});

Deno.test("an endless body is cut off at the limit", async () => {
  const { body, cancelled } = endless();
  assertEquals((await lamps(body)).status, 413);
  assert((await cancelled) < 1_000_000);
});

Deno.test("a body in pieces is put together", async () => {
  const pieces = new TextEncoder().encode('{"name":"bl\u00fce"}');
  const body = ReadableStream.from([...pieces].map((byte) => new Uint8Array([byte])));
  assertEquals(await (await lamps(body)).json(), { name: "bl\u00fce" });
});

Deno.test("a body that breaks off is malformed", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("connection reset")) });
  assertEquals((await lamps(body)).status, 400);
});

Deno.test("only JSON in UTF-8 is taken, however it is written", async () => {
  const typed = (type: string, more = {}) =>
    server.send("/lamps", { method: "POST", body: '{"name":"x"}', headers: { "content-type": type, ...more } });
  for (
    const good of [
      "application/json",
      "Application/JSON",
      "application/json; charset=UTF-8",
      'application/json;charset="utf-8"',
    ]
  ) {
    assertEquals((await typed(good)).status, 201, good);
  }
  const others = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "application/jsonp",
    "",
    "é",
  ];
  for (const bad of others) assertEquals((await typed(bad)).status, 415, bad);
  assertEquals((await typed("application/json", { "content-encoding": "gzip" })).status, 415);
});

Deno.test("a missing body is named where one is needed, whatever its type", async () => {
  assertEquals(await refusedFields(await server.send("/lamps", { method: "POST" })), [422, [""]]);
  assertEquals(await refusedFields(await lamps("")), [422, [""]]);
});

Deno.test("a body that may be left out may be left out", async () => {
  assertEquals(await (await server.send("/lamps/start", { method: "POST" })).json(), { body: "none" });
  assertEquals(await (await server.post("/lamps/start", { ids: ["a"] })).json(), { body: { ids: ["a"] } });
  assertEquals(await refusedFields(await server.post("/lamps/start", { ids: "a" })), [422, ["ids"]]);
});

Deno.test("a body that nobody asked for is ignored, and an endless one is cut off", async () => {
  assertEquals((await server.send("/bell", { method: "POST", body: "\u0000{{{" })).status, 204);
  const { body, cancelled } = endless();
  assertEquals((await server.send("/bell", { method: "POST", body })).status, 204);
  assert((await cancelled) < 1_000_000);
});
