import { eventually } from "../runtime/waiting.ts";
import { assert, assertEquals } from "@std/assert";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";

for (const viewport of ["phone", "desk"] as const) {
  browserTest(
    `the way back closes an opened entry and stays in the log, on a ${viewport}`,
    { viewport },
    async (visit) => {
      const { page, api } = visit;
      await makeFades(api, 5);
      const activity = activityPage(page);
      await page.goto("/library");
      await page.getByRole("link", { name: "Activity" }).first().click();
      const steps = () => page.evaluate(() => history.length);
      for (const name of ["Fade 4", "Fade 3"]) await activity.row(name).locator(".log-time").click();
      await activity.detail().getByRole("heading", { name: "added gradient Fade 3" }).waitFor();
      await addressFits(page, /entry=/);
      const opened = await steps();
      await page.goBack();
      await activity.detail().waitFor({ state: "detached" });
      await addressFits(page, /\/activity$/);
      for (const close of ["Escape", "Close"]) {
        await activity.row("Fade 2").locator(".log-time").click();
        await activity.detail().waitFor();
        assertEquals(await steps(), opened);
        if (close === "Escape") await page.keyboard.press("Escape");
        else await page.getByRole("button", { name: "Close the entry" }).click();
        await activity.detail().waitFor({ state: "detached" });
        await addressFits(page, /\/activity$/);
      }
      await page.goBack();
      await addressFits(page, /\/library/);
    },
  );
}

browserTest(
  "an entry opened by a link, or kept open for another filter, closes without a step back",
  {},
  async (visit) => {
    const { page, api } = visit;
    await makeFades(api, 3);
    const [entry] = await api.entries("q=fade%201");
    const activity = activityPage(page);
    await page.goto("/library");
    await activity.open(`entry=${entry!.id}`);
    await page.getByRole("button", { name: "Close the entry" }).click();
    await addressFits(page, /\/activity$/);
    await activity.row("Fade 1").locator(".log-time").click();
    await page.getByRole("button", { name: "Same entity" }).click();
    await activity.says("1 entry");
    await page.getByRole("button", { name: "Close the entry" }).click();
    await activity.detail().waitFor({ state: "detached" });
    await addressFits(page, /entity_id=[^&]*$/);
    await activity.says("1 entry");
  },
);

browserTest("an entry that was opened and left far behind closes without a jump", {}, async ({ page, api }) => {
  await makeFades(api, 120);
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says("120 entries");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await activity.detail().waitFor();
  for (let step = 0; step < 40; step++) await page.keyboard.press("j");
  const top = () => page.evaluate(() => scrollY);
  await eventually("the page to have followed", async () => await top() > 500 || undefined);
  await page.keyboard.press("Escape");
  await activity.detail().waitFor({ state: "detached" });
  assert(await top() > 500, `the page jumped to ${await top()}`);
});

for (const viewport of ["phone", "desk"] as const) {
  browserTest(
    `whoever comes back from an entity finds the log where it was, whatever came meanwhile, on a ${viewport}`,
    { viewport },
    async ({ page, api }) => {
      await makeFades(api, 130);
      const activity = activityPage(page);
      await activity.open("categories=entity");
      await activity.says("130 entries");
      await page.mouse.move(200, 500);
      await eventually("older rows", async () => {
        await page.evaluate(() => scrollBy(0, 600));
        return await activity.row("Fade 40").count() > 0 ? true : undefined;
      });
      const link = activity.row("Fade 40").getByRole("link", { name: "Fade 40" });
      await link.scrollIntoViewIfNeeded();
      const before = await activity.firstInSight();
      await link.click();
      await page.getByRole("heading", { level: 1, name: "Fade 40" }).waitFor();
      await api.create("gradients", { name: "Dawn" });
      await page.goBack();
      await activity.row("Fade 40").waitFor();
      await activity.pill.filter({ hasText: "1 new" }).waitFor();
      assertEquals(await activity.firstInSight(), before);
      await activity.pill.click();
      await activity.row("added gradient Dawn").waitFor();
      // The way there that is not the way back begins with the newest.
      await page.getByRole("link", { name: "Lights" }).first().click();
      await page.getByRole("link", { name: "Activity" }).first().click();
      await activity.row("added gradient Dawn").waitFor();
      assertEquals(await page.evaluate(() => scrollY), 0);
    },
  );
}
