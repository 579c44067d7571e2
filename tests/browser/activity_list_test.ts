import { assertEquals } from "@std/assert";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";

browserTest("what the log is narrowed to stands in the address, which opens the same again", {}, async (visit) => {
  const { page, api, openTab } = visit;
  const fades = await makeFades(api, 3);
  await api.remove("gradients", fades[1]!.id);
  const activity = activityPage(page);
  await activity.open();
  await page.getByRole("button", { name: /^Entity\b/ }).click();
  await page.getByRole("button", { name: /^Info\b/ }).click();
  await page.keyboard.press("/");
  await page.keyboard.type("FADE 1");
  await activity.says("2 entries");
  await addressFits(page, /categories=entity&severities=info&q=FADE\+1$/);

  const tab = await openTab();
  await tab.goto(page.url());
  const again = activityPage(tab);
  await again.says("2 entries");
  assertEquals(await again.words(), await activity.words());
  assertEquals(await tab.getByRole("searchbox").inputValue(), "FADE 1");
  for (const name of [/^Entity\b/, /^Info\b/]) {
    assertEquals(await tab.getByRole("button", { name }).getAttribute("aria-pressed"), "true");
  }
  await tab.getByRole("button", { name: "Clear filters" }).click();
  await again.row("opened a live connection").first().waitFor();
  await tab.goBack();
  await again.says("2 entries");
});

browserTest("a new entry is there at once on top, if it matches", {}, async ({ page, api }) => {
  const activity = activityPage(page);
  await activity.open("q=fade");
  await page.getByText("Nothing matches").waitFor();
  await api.create("gradients", { name: "Sunset" });
  await makeFades(api, 2);
  await activity.row("Fade 1").waitFor();
  assertEquals(await activity.words(), ["anonymous added gradient Fade 1", "anonymous added gradient Fade 0"]);
  await activity.says("2 entries");
});

browserTest("what is read further down never moves; a press shows what came", {}, async ({ page, api }) => {
  await makeFades(api, 80);
  const activity = activityPage(page);
  await activity.open();
  await page.evaluate(() => scrollTo(0, 900));
  await page.locator('.log-row[aria-rowindex="1"]').waitFor({ state: "detached" });
  const before = await activity.firstInSight();
  await api.create("gradients", { name: "Sunrise" });
  await api.create("gradients", { name: "Sunset" });
  await activity.pill.filter({ hasText: "2 new" }).waitFor();
  assertEquals(await activity.firstInSight(), before);
  await activity.pill.click();
  await activity.row("Sunset").waitFor();
  assertEquals((await activity.words()).slice(0, 2), [
    "anonymous added gradient Sunset",
    "anonymous added gradient Sunrise",
  ]);
  assertEquals(await page.evaluate(() => scrollY), 0);
});

browserTest("paused, the list stands still and counts what waits; going on shows it", {}, async ({ page, api }) => {
  await makeFades(api, 5);
  const activity = activityPage(page);
  await activity.open();
  await page.keyboard.press("p");
  await activity.says("Paused");
  const before = await activity.words();
  await api.create("gradients", { name: "Sunset" });
  await activity.says("Paused, 1 waiting");
  assertEquals(await activity.words(), before);
  await page.getByRole("button", { name: "Go on" }).click();
  await activity.row("Sunset").waitFor();
  await activity.says("Live");
});

browserTest("the whole log can be scrolled through, and each row says its place", {}, async ({ page, api }) => {
  await makeFades(api, 420);
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says("420 entries");
  const grid = page.getByRole("grid");
  assertEquals(await grid.getAttribute("aria-rowcount"), "420");
  const last = page.locator('.log-row[aria-rowindex="420"]');
  while (await last.count() === 0) {
    await page.mouse.wheel(0, 4000);
    await page.waitForTimeout(20);
  }
  assertEquals((await last.locator(".log-words").textContent())?.trim(), "anonymous added gradient Fade 0");
  await page.getByText("That is everything.").waitFor();
  assertEquals(await page.locator(".log-row").count() < 80, true);
});

browserTest("a log that cannot be read says so, and is there by trying again", {}, async (visit) => {
  const { page, api, expectProblem } = visit;
  await makeFades(api, 2);
  const activity = activityPage(page);
  expectProblem(/activity-log/);
  await page.route("**/api/v1/activity-log*", (route) => route.fulfill({ status: 503, body: "" }));
  await activity.open();
  await page.getByText("Cannot read the activity").waitFor();
  await page.unroute("**/api/v1/activity-log*");
  await page.getByRole("button", { name: "Retry" }).click();
  await activity.row("Fade 1").waitFor();
});
