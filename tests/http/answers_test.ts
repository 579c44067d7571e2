import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { z } from "zod";
import { Refusal, type RefusalCode } from "../../src/base/errors.ts";
import { type Answer, route } from "../../src/http/route.ts";
import { problemIn, serve } from "./server.ts";

/** A server with one route that does this. */
const serveOne = (handle: () => Promise<Answer>) =>
  serve([
    route({
      method: "GET",
      path: "/lamp/{id}",
      access: { who: "anyone" },
      summary: "For a test.",
      tag: "Test",
      answers: { 200: z.unknown() },
      handle,
    }),
  ]);
const answering = (answer: Answer) => serveOne(() => Promise.resolve(answer)).send("/lamp/1");
const failing = (error: unknown) => serveOne(() => Promise.reject(error));

Deno.test("every answer says how it may be used", async () => {
  for (
    const response of [
      await answering({ status: 200, json: {} }),
      await answering({ status: 204 }),
      await failing(1).send("/"),
    ]
  ) {
    assertEquals(response.headers.get("cache-control"), "no-store");
    assertEquals(response.headers.get("x-content-type-options"), "nosniff");
    assertEquals(response.headers.get("referrer-policy"), "no-referrer");
    assertEquals(response.headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    assertEquals(response.headers.get("x-request-id"), "request-1");
  }
});

Deno.test("ready JSON text is sent as it stands", async () => {
  const response = await answering({ status: 200, text: '{ "a":1}' });
  assertEquals([response.headers.get("content-type"), await response.text()], ["application/json", '{ "a":1}']);
});

Deno.test("bytes go out under their type, and headers of the answer win", async () => {
  const bytes = new Uint8Array([0, 255]);
  const response = await answering({
    status: 200,
    bytes,
    type: "image/png",
    headers: { "cache-control": "max-age=5", "x-request-id": "mine" },
  });
  assertEquals(new Uint8Array(await response.arrayBuffer()), bytes);
  const named = ["content-type", "cache-control", "x-request-id"].map((name) => response.headers.get(name));
  assertEquals(named, ["image/png", "max-age=5", "request-1"]);
});

Deno.test("an answer without a body has no media type", async () => {
  assertEquals((await answering({ status: 204 })).headers.get("content-type"), null);
});

Deno.test("each kind of refusal has its status and its type", async () => {
  const statuses: Readonly<Record<RefusalCode, number>> = {
    unauthorized: 401,
    forbidden: 403,
    not_found: 404,
    method_not_allowed: 405,
    name_taken: 409,
    in_use: 409,
    conflict: 409,
    precondition_failed: 412,
    too_large: 413,
    unsupported_media_type: 415,
    invalid: 422,
    upgrade_required: 426,
    unavailable: 503,
    device_failed: 502,
    device_timeout: 504,
  };
  for (const code of Object.keys(statuses) as RefusalCode[]) { // Object.keys forgets the keys of a Record
    const server = failing(new Refusal(code, `Cannot do it: ${code}`));
    const problem = await problemIn(await server.send("/lamp/1"));
    assertEquals([problem.status, problem.type], [statuses[code], `urn:lumenlog:problem:${code}`]);
    assertEquals([problem.detail, problem.request_id, server.log.length], [`Cannot do it: ${code}`, "request-1", 0]);
  }
});

Deno.test("a refusal carries its fields and further members, which displace no standard one", async () => {
  const issues = [{ field: "stops[1].color", message: "Not a colour" }];
  const extra = { users: ["Desk"], status: 200, type: "x" };
  const response = await failing(new Refusal("in_use", "Cannot delete it: in use", { issues, extra })).send("/lamp/1");
  assertEquals(await problemIn(response), {
    users: ["Desk"],
    status: 409,
    type: "urn:lumenlog:problem:in_use",
    title: "In use",
    detail: "Cannot delete it: in use",
    errors: issues,
    request_id: "request-1",
  });
});

Deno.test("whatever else is thrown stays inside, and the log has it under the request id", async () => {
  const server = failing(new Error("disk on fire", { cause: new Error("SQLITE_IOERR") }));
  const failed = await server.send("/lamp/secret-id", { headers: { authorization: "Bearer secret-token" } });
  assertEquals(await problemIn(failed), {
    type: "urn:lumenlog:problem:internal",
    title: "Internal error",
    status: 500,
    errors: [],
    request_id: "request-1",
  });
  assertEquals(server.log.length, 1);
  const { stack, ...line } = server.log[0] ?? {};
  assertMatch(String(stack), /disk on fire\n +at /);
  assertStringIncludes(JSON.stringify(line), '"error":"disk on fire: SQLITE_IOERR"');
  assertEquals([line.request_id, line.method, line.route], ["request-1", "GET", "/lamp/{id}"]);
  assertEquals(JSON.stringify(server.log).includes("secret"), false);
});

Deno.test("an answer that cannot be sent is a failure like any other", async () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  for (const answer of [{ status: 200, json: loop }, { status: 99 }, { status: 200, headers: { "x-a": "b\r\nc" } }]) {
    assertEquals((await answering(answer)).status, 500);
  }
});

Deno.test("what is thrown need not be an error", async () => {
  for (const thrown of [undefined, null, "text", { code: "not_found" }]) {
    assertEquals((await failing(thrown).send("/lamp/1")).status, 500);
  }
});

Deno.test("a failure while authorizing lets nobody in", async () => {
  const called: string[] = [];
  const routes = [route({
    method: "GET",
    path: "/lamp",
    access: { who: "viewer" },
    summary: "For a test.",
    tag: "Test",
    answers: { 200: null },
    handle: () => Promise.resolve({ status: 200, json: called.push("called") }),
  })];
  const server = serve(routes, { authorize: () => Promise.reject(new Error("no key store")) });
  assertEquals([(await server.send("/lamp")).status, called.length], [500, 0]);
});
