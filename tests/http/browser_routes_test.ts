import { assert, assertEquals } from "@std/assert";
import { withApp } from "../support/app.ts";

Deno.test("every address of the UI is the same page, under a policy that allows nothing inline", async () => {
  await withApp(async ({ call }) => {
    const first = await call("GET", "/");
    assertEquals([first.status, first.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
    const policy = first.headers.get("content-security-policy") ?? "";
    assert(policy.includes("default-src 'none'") && policy.includes("require-trusted-types-for 'script'"), policy);
    assert(!/unsafe|\*|https?:|data:|blob:/.test(policy), policy);
    const text = await first.text();
    assert(!/<script(?![^>]*src=)|\son\w+=|style=/i.test(text), "the page has something inline");
    for (const path of ["/activity?q=x&entry=al_1", "/devices/dev_1", "/library/gradients/new", "/settings/keys"]) {
      const answer = await call("GET", path);
      assertEquals([answer.status, await answer.text()], [200, text], path);
    }
  });
});

Deno.test("a file that the browser has already is not sent again", async () => {
  await withApp(async ({ call }) => {
    for (const path of ["/", "/assets/app.js", "/assets/app.css", "/theme.js", "/favicon.svg"]) {
      const etag = (await call("GET", path)).headers.get("etag");
      assert(etag, path);
      for (const tag of [etag, `W/${etag}`]) {
        const again = await call("GET", path, { headers: { "if-none-match": tag } });
        assertEquals([again.status, await again.text()], [304, ""], path);
      }
      assertEquals((await call("GET", path, { headers: { "if-none-match": '"other"' } })).status, 200, path);
    }
  });
});

Deno.test("what is no page and no file of the UI is not there", async () => {
  await withApp(async ({ call }) => {
    const paths = ["/assets/app.js.map", "/assets/../index.html", "/index.html", "/nothing", "/devices/a/b", "/.env"];
    for (const path of paths) assertEquals((await call("GET", path)).status, 404, path);
    assertEquals((await call("POST", "/")).status, 405);
  });
});

Deno.test("a person at an address that there is not gets a page that says so, a program a problem", async () => {
  await withApp(async ({ call }) => {
    const browser = { headers: { accept: "text/html,application/xhtml+xml;q=0.9" } };
    for (const path of ["/devices/dev_1/", "/Activity", "/nothing/here", "/index.php?x=/api/"]) {
      const answer = await call("GET", path, browser);
      assertEquals([answer.status, answer.headers.get("content-type")], [404, "text/html; charset=utf-8"], path);
      assertEquals((await call("GET", path)).headers.get("content-type"), "application/problem+json", path);
    }
    for (const path of ["/api/v1/nothing", "/api/"]) {
      assertEquals((await call("GET", path, browser)).headers.get("content-type"), "application/problem+json", path);
    }
    assertEquals((await call("POST", "/nothing", browser)).status, 404);
  });
});
