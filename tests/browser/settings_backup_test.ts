import { assertEquals, assertMatch } from "@std/assert";
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { createApiClient } from "../runtime/api_client.ts";
import { eventually } from "../runtime/waiting.ts";
import { activityPage } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { makeFirstKey, signIn } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { SERVER_GONE } from "./support/problems.ts";
import { withServer } from "./support/server.ts";
import { signedInTest } from "./library_home.ts";

const AT = "/settings/backups";
const AWAY = /status of 503/;
const SQLITE = "SQLite format 3\0";

interface Listed {
  readonly items: readonly { readonly filename: string; readonly kind: string }[];
}

const rows = (page: Page) => page.locator(".key-row");
const make = async (page: Page) => {
  await page.getByRole("button", { name: "Make a backup" }).click();
  await page.getByText("The backup is made and checked").waitFor();
};

signedInTest(
  "a backup is made, downloaded, deleted and taken in again",
  { at: AT },
  async ({ page, owner: { api } }) => {
    await page.getByText("There is no backup yet.").waitFor();
    await make(page);
    const row = rows(page).filter({ hasText: "made by hand" });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      row.getByRole("button", { name: /^Download/ }).click(),
    ]);
    assertMatch(download.suggestedFilename(), /^lumenlog-.+-manual\.db\.gz$/);
    assertEquals(new URL(download.url()).protocol, "blob:", "no key stands in an address");
    const packed = await readFile(await download.path());
    assertEquals(gunzipSync(packed).subarray(0, 16).toString("latin1"), SQLITE);
    await row.getByRole("button", { name: /^Delete…/ }).click();
    await page.getByRole("textbox").and(page.locator(":focus")).fill("delete");
    await page.keyboard.press("Enter");
    await page.getByText("There is no backup yet.").waitFor();
    await page.getByLabel("A backup from elsewhere").setInputFiles(await download.path());
    await page.getByRole("button", { name: "Upload" }).click();
    await page.getByText("The backup is checked and taken in").waitFor();
    await rows(page).filter({ hasText: "uploaded" }).waitFor();
    const { items } = (await api.call("GET", "/api/v1/backups")).json as Listed; // by its schema
    assertEquals(items.map(({ kind }) => kind), ["uploaded"]);
  },
);

signedInTest("what is no backup is refused with the reason", { at: AT }, async ({ page, expectProblem }) => {
  expectProblem(/status of 422/);
  await page.getByText("There is no backup yet.").waitFor();
  await page.getByRole("button", { name: "Upload" }).click();
  // The browser itself tells that a file is wanted.
  await page.getByLabel("A backup from elsewhere").and(page.locator(":focus:invalid")).waitFor();
  await page.getByLabel("A backup from elsewhere").setInputFiles({
    name: "holiday.gz",
    mimeType: "application/gzip",
    buffer: Buffer.from("not a backup at all"),
  });
  await page.getByRole("button", { name: "Upload" }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "Cannot take in “holiday.gz”" });
  await refusal.waitFor();
  await assertAccessible(page);
  await page.getByText("There is no backup yet.").waitFor();
});

signedInTest(
  "a restore brings back what was set up, by the keyboard, and the page shows it all",
  { at: AT },
  async (visit) => {
    const { page, owner: { api, token }, expectProblem, openTab } = visit;
    expectProblem(SERVER_GONE);
    expectProblem(AWAY);
    const kept = await api.create("gradients", { name: "Kept" });
    await make(page);
    await api.update("gradients", kept.id, { name: "Renamed" });
    await api.create("gradients", { name: "Later" });
    const library = await openTab();
    await library.goto("/library/gradients");
    await signIn(library, token);
    await library.getByText("Later").waitFor();
    const log = await openTab();
    await log.goto("/activity?categories=entity,system");
    await signIn(log, token);
    const activity = activityPage(log);
    await activity.row("added gradient Later").waitFor();

    await page.getByRole("button", { name: /^Restore…/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The activity log stays whole and goes on.").waitFor();
    await page.getByText("API keys stay as they are.").waitFor();
    await assertAccessible(page);
    await page.getByRole("textbox").and(page.locator(":focus")).pressSequentially("restore");
    const told = page.getByText("The server is restoring a backup.").waitFor();
    await page.keyboard.press("Enter");
    await told;
    await page.getByText("The backup is restored.").waitFor();
    await page.getByText(/The activity log stayed, with \d+ entries newer than it/).waitFor();
    await rows(page).filter({ hasText: "safety copy before a restore" }).waitFor();
    assertEquals((await api.list("gradients")).map(({ name }) => name), ["Kept"]);

    await library.getByText("Kept").waitFor();
    assertEquals(await library.getByText(/Later|Renamed/).count(), 0);
    await activity.row("owner restored the backup").waitFor();
    await activity.row("added gradient Later").waitFor();
    await api.create("gradients", { name: "Afterwards" });
    await library.getByText("Afterwards").waitFor();
    await activity.row("added gradient Afterwards").waitFor();
    assertEquals((await activity.words()).length, (await api.entries("categories=entity,system&limit=200")).length);
    await page.getByRole("link", { name: "See it on record" }).click();
    await activityPage(page).row("owner restored the backup").waitFor();
  },
);

signedInTest(
  "a restore that is under way cannot be left, and its outcome stands beside its backup",
  { at: AT },
  async ({ page, owner: { api }, expectProblem }) => {
    expectProblem(SERVER_GONE);
    expectProblem(AWAY);
    for (let count = 0; count < 12; count++) await api.call("POST", "/api/v1/backups");
    const oldest = rows(page).nth(11);
    const { promise: sent, resolve: letThrough } = Promise.withResolvers<void>();
    await page.route("**/restore", async (route) => {
      await sent;
      await route.continue();
    });
    await oldest.getByRole("button", { name: /^Restore…/ }).click();
    const form = oldest.getByRole("form");
    await page.keyboard.type("restore");
    await page.keyboard.press("Enter");
    await form.getByRole("status").filter({ hasText: "Working on it…" }).waitFor();
    await page.keyboard.press("Escape");
    await form.getByRole("button", { name: "Leave it as it is" }).click({ force: true });
    assertEquals(await form.count(), 1);
    letThrough();
    await rows(page).nth(12).getByText("The backup is restored.").waitFor();
    await rows(page).nth(12).getByRole("button", { name: /^Restore…/ }).and(page.locator(":focus")).waitFor();
  },
);

signedInTest(
  "what was being typed stays where the list cannot be read, or could not while the server was away",
  { at: AT },
  async ({ page, server, owner: { api }, expectProblem }) => {
    for (const known of [SERVER_GONE, AWAY, /ERR_FAILED/]) expectProblem(known);
    await make(page);
    await page.getByRole("button", { name: /^Restore…/ }).click();
    await page.keyboard.type("rest");
    const typed = page.getByRole("form", { name: /^Restore/ }).locator("input:focus");
    await page.route("**/api/v1/backups", (route) => route.abort());
    await api.call("POST", "/api/v1/backups");
    const failed = page.getByRole("alert").filter({ hasText: "Cannot list the backups" });
    await failed.waitFor();
    assertEquals(await typed.inputValue(), "rest");
    await page.unroute("**/api/v1/backups");
    await failed.getByRole("button", { name: "Retry" }).click();
    await failed.waitFor({ state: "detached" });
    await rows(page).nth(1).getByRole("textbox").focus();

    const asked = Promise.withResolvers<void>();
    const lost = Promise.withResolvers<void>();
    await page.route("**/api/v1/backups", async (route) => {
      asked.resolve();
      await lost.promise;
      await route.abort();
    });
    await api.call("POST", "/api/v1/backups");
    await asked.promise;
    await server.stop("SIGKILL");
    await page.locator(".live-reconnecting").waitFor({ state: "attached" });
    const given = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/backups"));
    lost.resolve();
    await given;
    await page.unroute("**/api/v1/backups");
    await page.evaluate(() => {
      const look = () => {
        if (document.body.textContent?.includes("Cannot list")) document.documentElement.dataset.told = "yes";
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    });
    await server.start();
    await rows(page).nth(2).getByRole("textbox").and(page.locator(":focus")).waitFor();
    assertEquals(await typed.inputValue(), "rest");
    assertEquals(await page.locator("html").getAttribute("data-told"), null);
  },
);

signedInTest("on a new server the log comes from the backup too", { at: AT }, async (visit) => {
  const { page, owner: { api }, expectProblem, openBrowser } = visit;
  for (const known of [SERVER_GONE, AWAY]) expectProblem(known);
  await api.create("gradients", { name: "Long ago" });
  await make(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download/ }).click(),
  ]);
  const file = await download.path();
  await withServer({}, async (server) => {
    const { token } = await makeFirstKey(server, "newcomer");
    const fresh = await openBrowser();
    const log = await fresh.context().newPage();
    await log.goto(`${server.url}/activity`);
    await signIn(log, token);
    await activityPage(log).row("newcomer").first().waitFor();
    await fresh.bringToFront();
    await fresh.goto(`${server.url}${AT}`);
    await signIn(fresh, token);
    await fresh.getByLabel("A backup from elsewhere").setInputFiles(file);
    await fresh.getByRole("button", { name: "Upload" }).click();
    await fresh.getByRole("button", { name: /^Restore…/ }).click();
    await fresh.getByRole("form", { name: /^Restore/ }).getByRole("textbox").fill("restore");
    await fresh.keyboard.press("Enter");
    await fresh.getByText("The activity log came from it.").waitFor();
    await activityPage(log).row("owner added gradient Long ago").waitFor();
    await activityPage(log).row("newcomer restored the backup").waitFor();
    const stored = await createApiClient(server.url, token).entries("limit=200");
    await eventually(
      "the whole log",
      async () => (await activityPage(log).words()).length >= stored.length ? true : undefined,
    );
    await fresh.context().close();
  });
});

signedInTest(
  "API keys come back only where that is ticked, and whoever has none then is asked for one",
  { at: AT },
  async (visit) => {
    const { page, owner: { api, token }, expectProblem, openBrowser } = visit;
    for (const known of [SERVER_GONE, AWAY, /status of 401/]) expectProblem(known);
    await make(page);
    const guest = await api.createKey({ label: "guest", role: "viewer" });
    const other = await openBrowser();
    await other.goto("/devices");
    await signIn(other, guest);
    const keys = await openBrowser();
    await keys.goto("/settings/keys");
    await signIn(keys, token);
    await keys.getByRole("listitem").filter({ hasText: "guest" }).waitFor();
    await page.getByRole("button", { name: /^Restore…/ }).click();
    await page.getByLabel("Bring back the API keys too").check();
    await page.getByText("Keys made since then open nothing any more").waitFor();
    await page.getByRole("form", { name: /^Restore/ }).getByRole("textbox").fill("restore");
    await page.getByRole("button", { name: "Restore", exact: true }).click();
    await page.getByText("The backup is restored.").waitFor();
    await other.locator("input[name=key]").waitFor();
    await keys.getByText("you, now").waitFor();
    await keys.getByRole("listitem").filter({ hasText: "guest" }).waitFor({ state: "detached" });
  },
);

signedInTest("backups by themselves are switched on and set", { at: AT }, async ({ page, owner: { api } }) => {
  const PATH = "/api/v1/backups/settings";
  const hours = page.getByLabel("One every");
  await page.getByRole("switch", { name: "Make backups by itself" }).check();
  await hours.fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("input:focus:invalid").and(hours).fill("12");
  await page.keyboard.press("Enter");
  await page.getByText("Saved the settings of automatic backups").waitFor();
  assertEquals((await api.call("GET", PATH)).json, { enabled: true, interval_hours: 12, max_backups: 10 });
  // What others change is shown, what is edited here stays.
  await hours.fill("6");
  await api.call("PUT", PATH, { max_backups: 3, interval_hours: 48 });
  const most = page.getByLabel("Keep the newest");
  await eventually("what another admin set", async () => await most.inputValue() === "3" ? true : undefined);
  assertEquals(await hours.inputValue(), "6");
});

signedInTest("who is no admin is told so", { at: AT }, async ({ owner: { api }, openBrowser }) => {
  const page = await openBrowser();
  await page.goto(AT);
  await signIn(page, await api.createKey({ label: "guest", role: "operator" }));
  await page.getByText("Admins can do this; your key has the role operator.").waitFor();
  assertEquals(await page.getByRole("button", { name: /backup|Upload|Save/ }).count(), 0);
});

browserTest("without a key the page says that one is needed for backups", {}, async ({ page }) => {
  await page.goto(AT);
  await page.getByText("An API key is needed to make and restore backups").waitFor();
});

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can use the page of the backups on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: AT },
    async ({ page }) => {
      await make(page);
      await make(page);
      await page.getByRole("switch", { name: "Make backups by itself" }).waitFor();
      await page.getByRole("button", { name: /^Restore…/ }).first().click();
      await page.getByLabel("Bring back the API keys too").check();
      await assertAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    },
  );
}
