import { assertEquals } from "@std/assert";
import { z } from "zod";
import { route } from "../../src/http/route.ts";
import { refusedFields, serve } from "./server.ts";

const server = serve([
  route({
    method: "GET",
    path: "/lamps",
    access: { who: "viewer" },
    summary: "Lists lamps.",
    tag: "Lamps",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      q: z.string().optional(),
      tags: z.union([z.string(), z.array(z.string())]).transform((tags) => [tags].flat()).optional(),
    }),
    answers: { 200: z.unknown() },
    handle: ({ query }) => Promise.resolve({ status: 200, json: query }),
  }),
  route({
    method: "GET",
    path: "/lamps/{id}",
    access: { who: "viewer" },
    summary: "One lamp.",
    tag: "Lamps",
    params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
    answers: { 200: z.unknown() },
    handle: ({ params }) => Promise.resolve({ status: 200, json: params }),
  }),
]);
const list = (search: string) => server.send("/lamps" + search);

Deno.test("parameters are parsed by the schema, and defaults fill the rest", async () => {
  assertEquals(await (await list("?limit=7&q=a%20b+c")).json(), { limit: 7, q: "a b c" });
  assertEquals(await (await list("")).json(), { limit: 50 });
  assertEquals(await (await list("?")).json(), { limit: 50 });
});

Deno.test("a parameter that repeats is a list in order", async () => {
  assertEquals(await (await list("?tags=c&tags=a&tags=b")).json(), { limit: 50, tags: ["c", "a", "b"] });
  assertEquals(await (await list("?tags=c")).json(), { limit: 50, tags: ["c"] });
});

Deno.test("a parameter that must not repeat is named when it does", async () => {
  assertEquals(await refusedFields(await list("?limit=1&limit=2")), [422, ["limit"]]);
  assertEquals(await refusedFields(await list("?q=a&q=b")), [422, ["q"]]);
});

Deno.test("a value out of bounds is named", async () => {
  for (const limit of ["0", "201", "1.5", "abc", "1e999", "%00", "%ff"]) {
    assertEquals(await refusedFields(await list(`?limit=${limit}`)), [422, ["limit"]], limit);
  }
});

Deno.test("every unknown parameter is named", async () => {
  assertEquals(await refusedFields(await list("?limit=1&page=2&Q=x&page=3")), [422, ["page", "Q"]]);
  assertEquals(await refusedFields(await list("?__proto__=1&constructor=2&toString")), [422, [
    "__proto__",
    "constructor",
    "toString",
  ]]);
});

Deno.test("a route without parameters takes none", async () => {
  assertEquals(await refusedFields(await server.send("/lamps/a?verbose=1")), [422, ["verbose"]]);
});

Deno.test("NUL, broken escapes and lone surrogates in a value are text for the schema", async () => {
  assertEquals(await (await list("?q=%00%ZZ%ED%A0%80")).json(), { limit: 50, q: "\u0000%ZZ\ufffd\ufffd\ufffd" });
});

Deno.test("a path that no resource can have is a path where nothing is", async () => {
  assertEquals(await (await server.send("/lamps/desk")).json(), { id: "desk" });
  assertEquals(await refusedFields(await server.send("/lamps/D9")), [404, ["id"]]);
});
