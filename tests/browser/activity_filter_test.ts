import { assertEquals } from "@std/assert";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";

browserTest("a date can be typed by keyboard", {}, async ({ page, api }) => {
  await makeFades(api, 2);
  const activity = activityPage(page);
  await activity.open();
  await page.getByRole("button", { name: "Dates" }).click();
  await page.getByLabel("From", { exact: true }).focus();
  for (const digit of "02022020") await page.keyboard.press(digit);
  await addressFits(page, /since=2020-02-01T23%3A00%3A00.000Z$/);
  assertEquals(await page.getByLabel("From", { exact: true }).inputValue(), "2020-02-02");
  await activity.row("Fade 1").waitFor();
});

browserTest("a pause survives a change of the filter", {}, async ({ page, api }) => {
  await makeFades(api, 2);
  const activity = activityPage(page);
  await activity.open();
  await page.keyboard.press("p");
  await activity.says("Paused");
  await page.getByRole("button", { name: /^Entity\b/ }).click();
  await activity.says("2 entries");
  await api.create("gradients", { name: "Sunset" });
  await activity.says("Paused, 1 waiting");
  assertEquals(await activity.row("Sunset").count(), 0);
});

browserTest("how many were found is said once for each filter", {}, async ({ page, api }) => {
  await makeFades(api, 12);
  const activity = activityPage(page);
  await activity.open("q=fade");
  const said = page.getByRole("main").getByRole("status");
  await said.filter({ hasText: /^12 entries$/ }).waitFor();
  await api.create("gradients", { name: "Fade away" });
  await activity.says("13 entries");
  assertEquals(await said.textContent(), "12 entries");
  await page.getByRole("searchbox").fill("fade 1");
  await said.filter({ hasText: /^3 entries$/ }).waitFor();
});

browserTest("a filter that the server refuses says what is wrong with it, and can be cleared", {}, async (visit) => {
  const { page, api, expectProblem } = visit;
  await makeFades(api, 2);
  expectProblem(/activity-log/);
  const activity = activityPage(page);
  await activity.open("since=2026-11-22&until=2026-11-20");
  await page.getByRole("alert").getByText("From must not be after until").waitFor();
  await page.getByRole("alert").getByRole("button", { name: "Clear filters" }).click();
  await activity.row("Fade 1").waitFor();
});
