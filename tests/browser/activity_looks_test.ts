import { assertEquals } from "@std/assert";
import { activityPage, makeFades } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";

const HOSTILE = [
  `<img src=x onerror="document.title='taken'">`,
  `</span><script>document.title='taken'</script>`,
  "😀".repeat(256),
  "W".repeat(256),
  "שלום עולם ".repeat(20).trim(),
  "{{constructor.constructor('document.title=1')()}}",
];

for (const look of looksOf("phone", "tablet", "desk")) {
  browserTest(
    `the activity can be used by everybody on a ${look.viewport} in the ${look.theme} theme`,
    look,
    async (visit) => {
      const { page, api } = visit;
      await makeFades(api, 30);
      await api.call("GET", "/api/v1/no-such");
      const [entry] = await api.entries("q=fade%2025");
      const activity = activityPage(page);
      await activity.open();
      await assertAccessible(page);
      await activity.open(`entry=${entry!.id}&q=fade&actor=anonymous&since=2020-01-01`);
      await page.getByRole("button", { name: "Dates" }).click();
      await page.getByLabel("From", { exact: true }).waitFor();
      await activity.detail().getByText(entry!.id).waitFor();
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
      await activity.open("q=nothing-like-this");
      await page.getByText("Nothing matches").waitFor();
      await assertAccessible(page);
    },
  );
}

browserTest("names that are markup, emoji or run from right to left are only text, and fit at 320 pixels", {
  viewport: "phone",
}, async ({ page, api }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of HOSTILE) await api.create("gradients", { name, tags: [name.slice(0, 30)] });
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says(`${HOSTILE.length} entries`);
  const words = await activity.words();
  assertEquals(words, HOSTILE.toReversed().map((name) => `anonymous added gradient ${name}`));
  await assertNoSidewaysScroll(page);
  for (const index of HOSTILE.keys()) {
    await page.locator(`.log-row[aria-rowindex="${index + 1}"] .log-time`).click();
    await activity.detail().getByRole("button", { name: "Same entity" }).waitFor();
    await assertNoSidewaysScroll(page);
    await activity.detail().getByRole("button", { name: "Close the entry" }).click();
    await activity.detail().waitFor({ state: "detached" });
  }
  assertEquals(await page.title(), "Activity · Lumenlog");
});
