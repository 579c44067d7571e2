import { assert, assertEquals } from "@std/assert";
import { withController } from "./support.ts";

Deno.test("the page and its parts are answered with a strict content policy, and nothing is from elsewhere", () =>
  withController(async ({ get }) => {
    for (
      const [path, type] of [["/", "text/html"], ["/app.js", "text/javascript"], ["/app.css", "text/css"]] as const
    ) {
      const answer = await get(path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      assertEquals([answer.status, answer.headers.get("content-type")], [200, `${type}; charset=utf-8`]);
      assert(policy.startsWith("default-src 'none'; script-src 'self';") && !policy.includes("unsafe"), policy);
      assert(!/https?:|\/\/[a-z]+\./.test((await answer.text()).replaceAll(/^ *\/\/ .*$/gm, "")), path);
    }
  }));

Deno.test("the page has no script or style inside, and each control has a label", () =>
  withController(async ({ get }) => {
    const page = await (await get("/")).text();
    assert(!/<style|\sstyle=|\son\w+=|<script(?![^>]*src=)/.test(page));
    const inputs = page.match(/<input/g)?.length ?? 0;
    assertEquals(page.match(/<label>[^<]*(?:<output[^>]*><\/output>\s*)?<input/g)?.length, inputs);
    assert(/name="viewport"/.test(page) && /<html lang="en">/.test(page));
  }));

Deno.test("the page's script uses only what is on the page", () =>
  withController(async ({ get }) => {
    const [page, script] = [await (await get("/")).text(), await (await get("/app.js")).text()];
    const used = [...script.matchAll(/part\("(\w+)"\)/g)].map(([, id]) => id ?? "");
    assert(used.length > 5);
    for (const id of used) assert(page.includes(`id="${id}"`), id);
    assert(!/innerHTML|insertAdjacentHTML|document\.write|eval\(/.test(script));
  }));
