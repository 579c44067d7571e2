import { assertEquals } from "@std/assert";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";
import { signedInTest } from "./library_home.ts";

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
  await page.getByRole("alert").getByText("From must not be after To").waitFor();
  await page.locator(".histogram-foot").getByText("From must not be after To").waitFor();
  assertEquals(await page.locator(".chip-count").allTextContents(), Array(8).fill(""));
  await page.getByRole("alert").getByRole("button", { name: "Clear filters" }).click();
  await activity.row("Fade 1").waitFor();
  await page.locator(".log-search:focus").waitFor();
});

browserTest(
  "the way back undoes a choice, and the focus goes to the next mark when one is taken off",
  {},
  async (visit) => {
    const { page, api } = visit;
    await makeFades(api, 2);
    const activity = activityPage(page);
    await activity.open("actor=anonymous&entity_name=Fade+1");
    await page.getByRole("searchbox").fill("fade");
    await addressFits(page, /q=fade$/);
    await page.getByRole("button", { name: /^Entity\b/ }).click();
    await addressFits(page, /categories=entity/);
    await page.getByRole("combobox", { name: "Action" }).selectOption("entity.created");
    await addressFits(page, /actions=entity.created/);
    await page.getByRole("button", { name: "Remove the filter Action" }).click();
    await addressFits(page, /^(?!.*actions=)/);
    assertEquals(await page.locator(":focus").getAttribute("aria-label"), "Remove the filter Named Fade 1");
    await page.keyboard.press("Enter");
    await page.locator(".log-search:focus").waitFor();
    await activity.says("2 entries");
    const back = [
      /entity_name=/,
      /actions=/,
      /categories=entity(?!.*actions=)/,
      /\?actor=[^&]*&entity_name=[^&]*&q=fade$/,
    ];
    for (const step of back) {
      await page.goBack();
      await addressFits(page, step);
    }
    assertEquals(await page.locator(".log-chips [aria-pressed=true]").count(), 0);
  },
);

signedInTest("a log that is cleared says so whatever the filter, and so does an entry of it that is open", {
  at: "/activity?q=fade",
}, async ({ page, owner: { api } }) => {
  const [fade] = await makeFades(api, 2);
  const activity = activityPage(page);
  await activity.row("Fade 1").locator(".log-time").click();
  await activity.detail().waitFor();
  assertEquals((await api.call("DELETE", "/api/v1/activity-log")).status, 200);
  await page.locator(".log-cleared", { hasText: /\S cleared the log at \d\d:\d\d/ }).waitFor();
  await activity.detail().getByText("This entry is gone").waitFor();
  await activity.says("0 entries");
  await api.update("gradients", fade!.id, { name: "Fade 7" });
  await activity.row("Fade 7").locator(".log-time").click();
  await activity.detail().getByText("This entry is gone").waitFor({ state: "detached" });
});

browserTest(
  "an entry that a link opened gives the focus to its row when a key closes it",
  {},
  async ({ page, api }) => {
    await makeFades(api, 3);
    const [entry] = await api.entries("q=fade%201");
    const activity = activityPage(page);
    await activity.open(`entry=${entry!.id}`);
    await activity.detail().waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".log-row:focus", { hasText: "Fade 1" }).waitFor();
    await activity.open(`q=fade+2&entry=${entry!.id}`);
    await activity.detail().getByText(entry!.id).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".log-row:focus", { hasText: "Fade 2" }).waitFor();
  },
);
