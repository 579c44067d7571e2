import { assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { makeFades } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { signIn } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { signedInTest } from "./library_home.ts";

const FORMATS = [["csv", "CSV"], ["json", "JSON"], ["ndjson", "NDJSON"]] as const;

for (const viewport of ["desk", "phone"] as const) {
  signedInTest(
    `what is looked at is saved as a file that is what the page says it is, on a ${viewport}`,
    { viewport, at: "/activity?categories=entity&q=fade" },
    async ({ page, owner: { api } }) => {
      await makeFades(api, 12);
      await page.locator(".log-total", { hasText: "12 entries" }).waitFor();
      await page.locator("h1").click();
      await page.keyboard.press("e");
      const menu = page.getByRole("region", { name: "Export" });
      await menu.getByText("What matches the filters: 12 entries").waitFor();
      for (const [format, label] of FORMATS) {
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          menu.getByRole("button", { name: new RegExp(`^${label}`) }).click(),
        ]);
        assertMatch(file.suggestedFilename(), new RegExp(`^activity-log-\\d{8}-\\d{6}\\.${format}$`));
        await menu.getByText(`Complete: 12 entries as ${label}`).waitFor();
        const bytes = await readFile(await file.path());
        assertEquals(await menu.locator("code").textContent(), createHash("sha256").update(bytes).digest("hex"));
        assertEquals(bytes.toString("utf8").match(/Fade \d+'/g)?.length, 12);
      }
      await assertAccessible(page);
      const { width, height } = page.viewportSize()!;
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await page.setViewportSize({ width, height });
      await page.keyboard.press("Escape");
      await menu.waitFor({ state: "detached" });
      await page.locator("[aria-controls=export-panel]:focus").waitFor();
      assertEquals((await api.entries("actions=activity_log.exported")).length, 3);
    },
  );
}

signedInTest("an export that cannot begin says why, and is tried again", { at: "/activity" }, async (visit) => {
  const { page, expectProblem } = visit;
  expectProblem(/status of 503/);
  const problem = { type: "unavailable", title: "Unavailable", status: 503, detail: "Four exports run already" };
  await page.route(
    "**/export-tickets",
    (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: /^NDJSON/ }).click();
  const failed = page.getByRole("alert").filter({ hasText: "Four exports run already" });
  await failed.waitFor();
  await page.unroute("**/export-tickets");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Retry" }).click(),
  ]);
  assertMatch(file.suggestedFilename(), /\.ndjson$/);
  await page.getByText(/^Complete: /).waitFor();
});

signedInTest(
  "a retry asks for what broke, whatever is looked at meanwhile",
  { at: "/activity?q=fade" },
  async (visit) => {
    const { page, owner: { api }, expectProblem } = visit;
    expectProblem(/status of 503/);
    await makeFades(api, 3);
    await page.locator(".log-total", { hasText: "3 entries" }).waitFor();
    const problem = { type: "unavailable", title: "Unavailable", status: 503, detail: "Four exports run already" };
    await page.route(
      "**/export-tickets",
      (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }),
    );
    const menu = page.getByRole("region", { name: "Export" });
    await page.getByRole("button", { name: "Export" }).click();
    await menu.getByRole("button", { name: /^NDJSON/ }).click();
    await menu.getByText("Four exports run already").waitFor();
    await page.unroute("**/export-tickets");
    await page.getByRole("searchbox").fill("fade 1");
    await page.locator(".log-total", { hasText: "1 entry" }).waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    await menu.getByText("With the filters of before: Search fade").waitFor();
    await menu.getByRole("button", { name: "Retry" }).focus();
    const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    assertMatch(file.suggestedFilename(), /\.ndjson$/);
    await menu.getByText("Complete: 3 entries as NDJSON").waitFor();
    await menu.getByRole("button", { name: "Copy" }).and(page.locator(":focus")).waitFor();
  },
);

browserTest("without a key nothing can be exported, and the page says where a key is made", {}, async ({ page }) => {
  await page.goto("/activity");
  await page.getByRole("button", { name: "Export" }).click();
  const menu = page.getByRole("region", { name: "Export" });
  await menu.getByText("An API key is needed to export the log").waitFor();
  await assertAccessible(page);
  await menu.getByRole("link", { name: "Make one" }).click();
  await page.getByRole("button", { name: "Make the first key" }).waitFor();
});

signedInTest("a viewer may export too", { at: "/activity" }, async ({ owner: { api }, openBrowser }) => {
  const page = await openBrowser();
  await page.goto("/settings/activity-log");
  await signIn(page, await api.createKey({ label: "guest", role: "viewer" }));
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^JSON/ }).click(),
  ]);
  const entries: readonly unknown[] = JSON.parse((await readFile(await file.path())).toString("utf8"));
  await page.getByText(`Complete: ${entries.length} entries as JSON`).waitFor();
});
