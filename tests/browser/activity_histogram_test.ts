import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { eventually } from "../runtime/waiting.ts";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";

const bars = (page: Page) => page.getByRole("slider", { name: "Span of time" });
const words = (page: Page) => page.locator(".histogram-foot p");
const spans = async (page: Page) => Number(await bars(page).getAttribute("aria-valuemax")) + 1;

/** Waits until the bars show more than one span of time, as they do a little after the first entries. */
const haveSpans = (page: Page) => eventually("some bars", async () => await spans(page) >= 3 ? true : undefined);

/** A log of which the later entries are seconds after the first. */
async function open(page: Page, make: () => Promise<unknown>) {
  await page.waitForTimeout(2100);
  await make();
  const activity = activityPage(page);
  await activity.open();
  await haveSpans(page);
  return activity;
}

const rangeOf = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return { since: searchParams.get("since") ?? "", until: searchParams.get("until") ?? "" };
};

browserTest("a span drawn over the bars is what the list then shows, and the way out leads back", {}, async (visit) => {
  const { page, api } = visit;
  const activity = await open(page, () => makeFades(api, 3));
  const { x, y, width, height } = (await bars(page).boundingBox())!;
  await page.mouse.move(x + 2, y + height / 2);
  await words(page).filter({ hasText: /\d\d:\d\d:\d\d – \d\d:\d\d:\d\d: .*entr/ }).waitFor();
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 });
  await page.getByRole("button", { name: "Zoom in" }).waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.getByRole("button", { name: "Zoom in" }).waitFor({ state: "detached" });
  assertEquals(new URL(page.url()).search, "");
  await page.mouse.move(x + 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await addressFits(page, /since=.*until=/);
  const { since, until } = rangeOf(page);
  const shown = await api.entries(`since=${since}&until=${until}`);
  assert(shown.length < (await api.entries()).length);
  await activity.says(`${shown.length} entr`);
  await page.reload();
  await activity.says(`${shown.length} entr`);
  await page.getByRole("button", { name: "Zoom out" }).click();
  await addressFits(page, /\/activity$/);
  await page.goBack();
  await addressFits(page, /since=.*until=/);
});

browserTest("by keys alone a span is chosen, made longer, let go, and shown alone", {}, async ({ page, api }) => {
  await open(page, () => makeFades(api, 3));
  const count = await spans(page);
  await bars(page).focus();
  await page.keyboard.press("Home");
  assertEquals(await bars(page).getAttribute("aria-valuenow"), "0");
  await page.keyboard.press("Shift+ArrowRight");
  const said = await bars(page).getAttribute("aria-valuetext");
  assertEquals(await words(page).textContent(), said);
  await page.keyboard.press("Escape");
  await words(page).waitFor({ state: "detached" });
  assertEquals(await bars(page).getAttribute("aria-valuenow"), String(count - 1));
  assertEquals(new URL(page.url()).search, "");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await addressFits(page, /since=.*until=/);
  const { since, until } = rangeOf(page);
  assertEquals(Date.parse(until) - Date.parse(since), 999);
});

browserTest(
  "a finger chooses one bar, which is then shown alone",
  { viewport: "phone" },
  async (visit) => {
    const { page, api } = visit;
    await open(page, () => makeFades(api, 3));
    const { x, y, width, height } = (await bars(page).boundingBox())!;
    await page.touchscreen.tap(x + width - 3, y + height / 2);
    await words(page).waitFor();
    await page.getByRole("button", { name: "Zoom in" }).tap();
    await addressFits(page, /since=.*until=/);
    await page.getByRole("button", { name: "Zoom out" }).tap();
    await addressFits(page, /\/activity$/);
  },
);

browserTest("the bars grow with the log, and are read out as a table", {}, async ({ page, api }) => {
  await open(page, () => makeFades(api, 1));
  const total = async () => {
    const cells = await page.locator(".histogram td").allTextContents();
    return cells.reduce((sum, cell) => sum + Number(cell), 0);
  };
  const entries = (await api.entries()).length;
  await eventually("all entries in the table", async () => await total() === entries ? true : undefined);
  for (const name of ["Sunset", "Dawn"]) await api.create("gradients", { name });
  await eventually("the new ones too", async () => await total() === entries + 2 ? true : undefined);
});

browserTest("nothing moves when the bars come or a span is chosen, and everybody can use them", {}, async (visit) => {
  const { page, api } = visit;
  await page.route("**/activity-log/histogram*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await makeFades(api, 3);
  const activity = activityPage(page);
  await activity.open();
  const top = async () => (await page.locator(".log-status").boundingBox())?.y;
  const before = await top();
  await page.locator(".histogram-info[d*=M]").waitFor();
  assertEquals(await top(), before);
  await bars(page).focus();
  await page.keyboard.press("Home");
  await words(page).waitFor();
  assertEquals(await top(), before);
  await assertAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await assertNoSidewaysScroll(page);
  await assertAccessible(page);
});

browserTest("bars and counts of another filter do not stand as if they were of this one", {}, async ({ page, api }) => {
  const activity = await open(page, () => makeFades(api, 3));
  const counts = page.locator(".chip-count").filter({ hasText: /\d/ });
  await counts.first().waitFor();
  let answer = () => {};
  const late = new Promise<void>((resolve) => answer = resolve);
  await page.route(/activity-log\/(histogram|facets)/, async (route) => {
    await late;
    await route.continue();
  });
  await page.getByRole("searchbox").fill("fade");
  await activity.says("3 entries");
  await bars(page).and(page.locator("[aria-busy=true]")).waitFor();
  assertEquals(await counts.count(), 0);
  await bars(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  assertEquals(await words(page).count(), 0);
  assertEquals(new URL(page.url()).search, "?q=fade");
  answer();
  await bars(page).and(page.locator("[aria-busy=false]")).waitFor();
  await counts.first().waitFor();
  await page.keyboard.press("Home");
  await words(page).waitFor();
});

browserTest("a span that is all there is offers no way further in", {}, async ({ page, api }) => {
  await open(page, () => makeFades(api, 3));
  await bars(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await addressFits(page, /since=.*until=/);
  await bars(page).and(page.locator("[aria-valuemax='0'][aria-busy=false]")).waitFor();
  const address = page.url();
  await page.keyboard.press("Home");
  await words(page).waitFor();
  assertEquals(await page.getByRole("button", { name: "Zoom in" }).count(), 0);
  await page.keyboard.press("Enter");
  await words(page).waitFor();
  assertEquals(page.url(), address);
});
