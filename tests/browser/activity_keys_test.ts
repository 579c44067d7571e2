import { eventually } from "../runtime/waiting.ts";
import { assertEquals } from "@std/assert";
import { activityPage, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";
import { focusedRow, rowHasFocus } from "./support/focus.ts";

const added = (name: string) => `anonymous added gradient ${name}`;

for (const viewport of ["desk", "tablet"] as const) {
  browserTest(`the log can be gone through by keys alone, on a ${viewport}`, { viewport }, async ({ page, api }) => {
    await makeFades(api, 60);
    const activity = activityPage(page);
    await activity.open("categories=entity");
    await activity.says("60 entries");
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("j");
    await rowHasFocus(page, added("Fade 59"));
    await press("j", "j", "ArrowDown", "k");
    await rowHasFocus(page, added("Fade 57"));
    await press("Enter");
    await activity.detail().getByRole("heading", { name: added("Fade 57") }).waitFor();
    await press("Escape");
    await activity.detail().waitFor({ state: "detached" });
    await rowHasFocus(page, added("Fade 57"));
    await press("End");
    await rowHasFocus(page, added("Fade 0"));
    await press("Home");
    await rowHasFocus(page, added("Fade 59"));
    await press("/");
    await page.keyboard.type("jp");
    assertEquals(await page.getByRole("searchbox").inputValue(), "jp");
    await activity.says("0 entries");
    assertEquals(await activity.words(), []);
  });
}

browserTest("the row with the focus keeps it while new rows come", {}, async ({ page, api }) => {
  await makeFades(api, 30);
  const activity = activityPage(page);
  await activity.open();
  await page.keyboard.press("j");
  const first = await eventually("a row with the focus", () => focusedRow(page));
  await makeFadesAfter(api);
  await activity.row("After 29").waitFor();
  await rowHasFocus(page, first);
  await page.keyboard.press("k");
  await rowHasFocus(page, added("After 0"));
});

browserTest("an entry open beside the list follows the keys", {}, async ({ page, api }) => {
  await makeFades(api, 5);
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says("5 entries");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  for (const name of ["Fade 4", "Fade 3", "Fade 2"]) {
    await activity.detail().getByRole("heading", { name: added(name) }).waitFor();
    await page.keyboard.press("j");
  }
});

async function makeFadesAfter(api: Parameters<typeof makeFades>[0]): Promise<void> {
  for (let i = 0; i < 30; i++) await api.create("gradients", { name: `After ${i}` });
}
