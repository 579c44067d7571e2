import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { assertAccessible } from "./support/axe.ts";
import { browserTest, testWithChromium, type Visit, withBrowser } from "./support/browser.ts";
import { makeFirstKey } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { SERVER_GONE } from "./support/problems.ts";

const PAGE = "/api/v1/docs";
const OPTIONS = { bundle: false } as const;

interface Failed {
  readonly message: string;
  readonly screenshot: Uint8Array | undefined;
}

/** What a test says that does this in the page. */
async function failureOf(work: (visit: Visit) => Promise<unknown>): Promise<Failed> {
  const screenshots = await Deno.makeTempDir({ prefix: "lumenlog-browser-" });
  try {
    const error = await assertRejects(() =>
      withBrowser({ ...OPTIONS, screenshots }, async (visit) => {
        await visit.page.goto(PAGE);
        await work(visit);
      })
    );
    const message = error instanceof Error ? error.message : String(error);
    const path = /screenshot: (\S+)\)/.exec(message)?.[1];
    return { message, screenshot: path === undefined ? undefined : await readFile(path) };
  } finally {
    await Deno.remove(screenshots, { recursive: true });
  }
}

type Provoke = (page: Page) => Promise<unknown>;
const PROVOKED: readonly (readonly [string, RegExp, Provoke])[] = [
  ["an error on the console", /console: so wrong/, (page) => page.evaluate(() => console.error("so wrong"))],
  ["an uncaught error", /uncaught: .*so wrong/, async (page) => {
    const thrown = page.waitForEvent("pageerror");
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error("so wrong"))));
    await thrown;
  }],
  ["what the policy forbids", /console: .*Content Security Policy/, async (page) => {
    const said = page.waitForEvent("console");
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    await said;
  }],
  ["an answer that is an error", /console: .*404.*\/no-such-page/, (page) => page.goto("/no-such-page")],
  ["a request to another machine", /asked another machine: http:\/\/192\.0\.2\.1\/x\.png/, async (page) => {
    const failed = page.waitForEvent("requestfailed");
    await page.goto("data:text/html,<img src=http://192.0.2.1/x.png>");
    assertEquals((await failed).failure()?.errorText, "net::ERR_PROXY_CONNECTION_FAILED");
  }],
];

for (const [what, expected, provoke] of PROVOKED) {
  testWithChromium(`a test in the browser fails after ${what}`, async () => {
    assertMatch((await failureOf(({ page }) => provoke(page))).message, expected);
  });
}

testWithChromium("a test that fails tells what was to be seen, and leaves no data behind", async () => {
  let dataDir = "";
  const { message, screenshot } = await failureOf(({ server }) => {
    dataDir = server.dataDir;
    assertEquals(existsSync(dataDir), true);
    throw new Error("it is not there");
  });
  assertStringIncludes(message, "it is not there");
  assertStringIncludes(message, "/api/v1/activity-log");
  assertEquals(new TextDecoder().decode(screenshot?.slice(1, 4)), "PNG");
  assertEquals(existsSync(dataDir), false);
});

browserTest("what is too wide, or what not everybody can use, is named", OPTIONS, async ({ page }) => {
  await page.goto(PAGE);
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.className = "wide";
    document.body.append(button);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".wide { width: 3000px }");
    document.adoptedStyleSheets.push(sheet);
  });
  await assertRejects(() => assertAccessible(page), Error, "button-name");
  await assertRejects(() => assertNoSidewaysScroll(page), Error, '<button class="wide">');
});

browserTest(
  "tabs are of one person, another browser is of another",
  OPTIONS,
  async ({ page, openTab, openBrowser }) => {
    const [tab, other] = [await openTab(), await openBrowser({ viewport: "phone", theme: "light" })];
    for (const each of [page, tab, other]) await each.goto(PAGE);
    await page.evaluate(() => localStorage.setItem("mark", "mine"));
    const markIn = (page: Page) => page.evaluate(() => localStorage.getItem("mark"));
    assertEquals(await markIn(tab), "mine");
    assertEquals(await markIn(other), null);
    assertEquals(await other.evaluate(() => [innerWidth, matchMedia("(prefers-color-scheme: light)").matches]), [
      390,
      true,
    ]);
  },
);

browserTest(
  "a server that lost its power or was stopped comes back where it was, with what it had",
  OPTIONS,
  async ({ page, server, expectProblem }) => {
    const { api } = await makeFirstKey(server);
    const { id } = await api.create("gradients", { name: "Sunset" });
    expectProblem(SERVER_GONE);
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      await page.goto(PAGE);
      await server.stop(signal);
      await assertRejects(() => page.reload(), Error, "ERR_CONNECTION_REFUSED");
      await server.start();
      await page.goto(PAGE);
      assertEquals((await api.list("gradients")).map((gradient) => gradient.id), [id]);
    }
  },
);
