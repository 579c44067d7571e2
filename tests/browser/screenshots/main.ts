import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startFindingDemo } from "../../demo/demo_process.ts";
import { createApiClient } from "../../runtime/api_client.ts";
import { ROOT } from "../../runtime/runtimes.ts";
import { eventually } from "../../runtime/waiting.ts";
import { signIn } from "../support/keys.ts";
import { launchBrowser } from "../support/launch.ts";
import { contextOptions, looksOf, type Theme, type Viewport } from "../support/looks.ts";
import { liveAnEvening } from "../support/evening.ts";

/** Draws every page of the UI, over the demo's home, into docs/screenshots. */
const FOLDER = join(ROOT, "docs/screenshots");

async function openAt(browser: Browser, url: string, look: { viewport: Viewport; theme: Theme }) {
  const context = await browser.newContext({ ...contextOptions(look), baseURL: url });
  return await context.newPage();
}

async function draw(page: Page, name: string, { viewport, theme }: { viewport: Viewport; theme: Theme }) {
  await page.mouse.move(0, 0);
  // What loads is there, and what fades has faded.
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(FOLDER, `${name}-${viewport}-${theme}.png`) });
}

/** As a link would: a page that is loaded anew is another live connection in the log. */
async function goWithin(page: Page, path: string) {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

const dir = await Deno.makeTempDir({ prefix: "lumenlog-screenshots-" });
const demo = await startFindingDemo(dir);
const browser = await launchBrowser();
try {
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const look of looksOf("desk", "phone")) {
    const page = await openAt(browser, demo.url, look);
    await page.goto("/welcome");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await draw(page, "welcome", look);
  }
  const { token, paths } = await liveAnEvening(demo);
  const api = createApiClient(demo.url, token);
  await eventually("the light that is nobody's", async () => (await api.entries("q=device.discovered"))[0]);
  for (const look of looksOf("desk", "phone")) {
    const page = await openAt(browser, demo.url, look);
    await page.goto("/activity");
    await page.locator("input[name=key]").waitFor();
    await draw(page, "sign-in", look);
    await signIn(page, token);
    for (const [name, path] of Object.entries(paths)) {
      await goWithin(page, path);
      await draw(page, name, look);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await demo.type("quit");
  await demo.ended();
  await Deno.remove(dir, { recursive: true });
}
