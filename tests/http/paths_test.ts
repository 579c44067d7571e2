import { assertEquals } from "@std/assert";
import { z } from "zod";
import type { Attempt } from "../../src/http/authorize.ts";
import { type Route, route } from "../../src/http/route.ts";
import { authorize, problemIn, serve } from "./server.ts";

const plain = (method: Route["method"], path: string, more: Partial<Route> = {}): Route =>
  route({
    method,
    path,
    access: { who: "viewer" },
    summary: "For a test.",
    tag: "Test",
    answers: { 200: z.unknown() },
    handle: ({ params }) => Promise.resolve({ status: 200, json: { method, path, params } }),
    ...more,
  });
const routes = [
  plain("GET", "/lamps/{id}", { params: z.object({ id: z.string() }) }),
  plain("PUT", "/lamps/{id}"),
  plain("GET", "/lamps/{id}/parts/{part}", { params: z.object({ id: z.string(), part: z.string() }) }),
  plain("GET", "/lamps/state"),
  plain("POST", "/lamps"),
  plain("GET", "/lamps"),
  plain("GET", "/health", { access: { who: "anyone" } }),
];
const server = serve(routes);
const stranger = { headers: { authorization: "none" } };

Deno.test("a path parameter arrives decoded, once", async () => {
  const id = async (path: string) => (await (await server.send(path)).json()).params;
  assertEquals(await id("/lamps/a%20b%2Fc"), { id: "a b/c" });
  assertEquals(await id("/lamps/%2541"), { id: "%41" });
  assertEquals(await id("/lamps/d%C3%A9/parts/x"), { id: "d\u00e9", part: "x" });
});

Deno.test("a fixed segment wins over a parameter, whatever the order of the table", async () => {
  assertEquals((await (await server.send("/lamps/state")).json()).path, "/lamps/state");
  assertEquals((await (await server.send("/lamps/stat")).json()).path, "/lamps/{id}");
});

Deno.test("a hostile path is an ordinary answer, never a failure of ours", async () => {
  const paths = [
    "/%",
    "/%ZZ",
    "/%00",
    "/lamps/%",
    "/lamps/%E0%A4%A",
    "/lamps/%ff",
    "/lamps/%00",
    "//",
    "//lamps",
    "/lamps//parts",
    "/../..",
    "/lamps/..%2f..%2fetc",
    "/lamps/%2e%2e/",
    "/\\..\\",
    "/lamps/;a=b",
    "/*",
    "/lamps/*",
    "/:id",
    "/lamps/{id}",
    "/lamps/" + "a".repeat(60_000),
    "/lamps/" + "%".repeat(5_000),
    "/" + "a/".repeat(5_000),
    "/lamps/constructor",
    "/__proto__",
  ];
  for (const path of paths) {
    const { status } = await server.send(path);
    assertEquals(status === 200 || status === 404, true, `${path.slice(0, 40)}: ${status}`);
  }
  assertEquals(server.log, []);
});

Deno.test("a trailing slash is another path", async () => {
  assertEquals((await server.send("/lamps/")).status, 404);
});

Deno.test("HEAD answers like GET, without the body", async () => {
  const head = await server.send("/lamps", { method: "HEAD" });
  assertEquals([head.status, head.headers.get("content-type"), await head.text()], [200, "application/json", ""]);
  assertEquals(head.headers.get("content-length"), String((await (await server.send("/lamps")).text()).length));
  assertEquals((await server.send("/nothing", { method: "HEAD" })).status, 404);
});

Deno.test("a method that a path does not know is 405 and names those it knows", async () => {
  for (const method of ["DELETE", "PATCH", "PROPFIND"]) {
    const answer = await server.send("/lamps", { method });
    assertEquals([answer.status, answer.headers.get("allow")], [405, "POST, GET, HEAD, OPTIONS"]);
    assertEquals((await problemIn(answer)).type, "urn:lumenlog:problem:method_not_allowed");
  }
});

Deno.test("OPTIONS names the methods and shares nothing with other origins", async () => {
  const answer = await server.send("/lamps/a", { method: "OPTIONS", headers: { origin: "http://evil.test" } });
  assertEquals([answer.status, answer.headers.get("allow"), await answer.text()], [204, "GET, HEAD, PUT, OPTIONS", ""]);
  assertEquals([...answer.headers.keys()].filter((name) => name.startsWith("access-control")), []);
});

Deno.test("without a key, nobody learns which paths and methods exist", async () => {
  for (const [method, path] of [["GET", "/nothing"], ["GET", "/lamps"], ["PATCH", "/lamps"], ["OPTIONS", "/lamps"]]) {
    const answer = await server.send(path ?? "", { ...stranger, method: method ?? "" });
    assertEquals([answer.status, answer.headers.get("www-authenticate")], [401, "Bearer"]);
  }
  assertEquals((await server.send("/health", stranger)).status, 200);
  assertEquals((await server.send("/nothing")).status, 404);
});

Deno.test("authorize is told what the route asks for, and null where there is none", async () => {
  const attempts: Attempt[] = [];
  const watched = serve(routes, { authorize: (attempt) => (attempts.push(attempt), authorize(attempt)) });
  for (const path of ["/health", "/lamps/a%20b?x=1#y", "/nothing"]) await watched.send(path);
  await watched.send("/lamps", { method: "DELETE" });
  assertEquals(attempts.map(({ path, access }) => [path, access?.who ?? null]), [
    ["/health", "anyone"],
    ["/lamps/a%20b", "viewer"],
    ["/nothing", null],
    ["/lamps", null],
  ]);
  assertEquals(attempts.every(({ peer, upgrade }) => peer.address === "192.0.2.7" && !upgrade), true);
});

Deno.test("two routes that clash are refused when the server is put together", () => {
  const clash = (...table: Route[]) => {
    try {
      serve(table);
      return "";
    } catch (error) {
      return String(error);
    }
  };
  assertEquals(clash(plain("GET", "/a"), plain("GET", "/a")), "Error: Cannot serve GET /a: it clashes with GET /a");
  assertEquals(
    clash(plain("GET", "/a/{x}"), plain("PUT", "/a/{y}")),
    "Error: Cannot serve PUT /a/{y}: it clashes with GET /a/{x}",
  );
});
