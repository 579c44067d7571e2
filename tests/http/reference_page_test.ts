import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { z } from "zod";
import { type Route, route } from "../../src/http/route.ts";
import { describeRoutes } from "../../src/http/routes.ts";
import { LAMP_ROUTES } from "./lamp_routes.ts";
import { serve } from "./server.ts";

const HOSTILE = `</p><script>alert(1)</script>"'><img src=x onerror=alert(2)>`;
const stylesheet = new URL("../../public/reference.css", import.meta.url);

function servePage(routes: readonly Route[]) {
  const readAsset = (name: string) => name === "reference.css" ? Deno.readFile(stylesheet) : Promise.resolve(undefined);
  return serve([...routes, ...describeRoutes({ routes: () => routes, version: "1.2.3", readAsset })]);
}

const pageOf = async (routes: readonly Route[]) => await (await servePage(routes).send("/api/v1/docs")).text();

Deno.test("the page shows each route with who may call it, its parameters, body and answers", async () => {
  const page = await pageOf(LAMP_ROUTES);
  const shown = [
    "Lists lamps.",
    "PUT",
    "Role viewer or above",
    "Role admin, always with an API key",
    "Anyone",
    "limit",
    "How many at most",
    "1 to 200, default 50",
    "Body, may be left out",
    "LampColour",
    "brightness",
    "at least 2 items",
    "urn:lumenlog:problem:name_taken",
    "1.2.3",
  ];
  for (const text of shown) assertStringIncludes(page, text);
});

Deno.test("text that other parts of the server supply is never markup", async () => {
  const hostile = route({
    method: "POST",
    path: "/api/v1/<b>/{id}",
    access: { who: "viewer" },
    summary: HOSTILE,
    tag: HOSTILE,
    query: z.object({ [HOSTILE]: z.string().describe(HOSTILE).default(HOSTILE) }),
    body: z.object({ [HOSTILE]: z.enum([HOSTILE]).describe(HOSTILE), named: z.string().meta({ id: HOSTILE }) }),
    answers: { 200: z.object({ [HOSTILE]: z.literal(HOSTILE) }) },
    handle: () => Promise.resolve({ status: 204 }),
  });
  const page = await pageOf([hostile]);
  assertStringIncludes(page, "&lt;script&gt;alert(1)");
  for (const markup of ["<script", "<img", "<b>", "\"'>"]) assert(!page.includes(markup), markup);
});

Deno.test("the page needs no script and nothing from elsewhere", async () => {
  const response = await servePage(LAMP_ROUTES).send("/api/v1/docs", { headers: { authorization: "none" } });
  const page = await response.text();
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
  assertStringIncludes(response.headers.get("content-security-policy") ?? "", "default-src 'none'; style-src 'self'");
  assertEquals(page.match(/<script| style=| on\w+=|https?:\/\//g), null);
  assert(page.startsWith("<!doctype html>"));
});

Deno.test("every link inside the page leads to an element, and no id stands twice", async () => {
  const page = await pageOf(LAMP_ROUTES);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assertEquals(new Set(ids).size, ids.length);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert(links.length > 5);
  for (const link of links) assert(ids.includes(link), link);
});

Deno.test("the stylesheet comes from this server", async () => {
  const response = await servePage([]).send("/reference.css", { headers: { authorization: "none" } });
  assertEquals(response.headers.get("content-type"), "text/css; charset=utf-8");
  assertStringIncludes(await response.text(), "prefers-color-scheme: light");
});

Deno.test("a stylesheet that is not installed is 404", async () => {
  const routes = describeRoutes({ routes: () => [], version: "1", readAsset: () => Promise.resolve(undefined) });
  assertEquals((await serve(routes).send("/reference.css")).status, 404);
});
