import { activityPage, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";
browserTest("zz", {}, async ({ page, api }) => {
  page.on("console", (m) => console.log(m.text()));
  await makeFades(api, 150);
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says("150 entries");
  for (const top of [1200, 2500]) { await page.evaluate((y) => scrollTo(0, y), top); await page.waitForTimeout(500); }
  console.log(await page.evaluate(() => [scrollY, document.body.scrollHeight, history.scrollRestoration]));
  const before = await activity.firstInSight();
  const name = before!.words.replace("anonymous added gradient ", "");
  await activity.row(name).getByRole("link", { name }).click();
  await page.waitForTimeout(500);
  console.log(page.url(), await page.evaluate(() => [scrollY, document.body.scrollHeight, history.scrollRestoration]));
  await page.goBack();
  for (let i = 0; i < 5; i++) { await page.waitForTimeout(150);
  console.log(page.url(), await page.evaluate(() => [scrollY, document.body.scrollHeight, history.scrollRestoration])); }
  for (const q of ["", "?entry"]) {
    await page.setViewportSize({ width: q ? 390 : 1440, height: 844 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/act${q ? 390 : 1440}.png` });
  }
});
