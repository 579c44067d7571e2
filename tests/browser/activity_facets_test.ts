import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";

const chip = (page: Page, name: RegExp) => page.locator(".log-chips").getByRole("button", { name });
const picker = (page: Page, name: string) => page.getByRole("combobox", { name });

browserTest("each choice says how many entries it would give, also once it is chosen", {}, async ({ page, api }) => {
  await makeFades(api, 3);
  await api.call("GET", "/api/v1/no-such");
  const activity = activityPage(page);
  await activity.open("q=fade");
  await chip(page, /^Entity 3 entries$/).waitFor();
  await chip(page, /^Info 3 entries$/).click();
  await chip(page, /^System 0 entries$/).click();
  await activity.says("0 entries");
  await chip(page, /^Entity 3 entries$/).waitFor();
  await chip(page, /^Info 0 entries$/).waitFor();
  await addressFits(page, /categories=system&severities=info/);
  await page.reload();
  await page.locator("[aria-pressed=true]").and(chip(page, /^System 0 entries$/)).waitFor();
});

browserTest("the counts follow what happens, and nothing moves when they come", {}, async ({ page, api }) => {
  await makeFades(api, 2);
  const activity = activityPage(page);
  const tops = () =>
    page.locator(".log-chips button").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
  await page.route("**/activity-log/facets*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await activity.open();
  const before = await tops();
  await chip(page, /^Entity 2 entries$/).waitFor();
  assertEquals(await tops(), before);
  await api.create("gradients", { name: "Sunset" });
  await chip(page, /^Entity 3 entries$/).waitFor();
});

for (const viewport of ["desk", "phone"] as const) {
  browserTest(
    `who, about what and what was done are chosen among those that there are, on a ${viewport}`,
    { viewport },
    async ({ page, api }) => {
      const [fade] = await makeFades(api, 2);
      await api.update("gradients", fade!.id, { name: "Sunset" });
      await api.create("templates", { name: "Shape", kind: "capture" });
      const activity = activityPage(page);
      await activity.open();
      if (viewport === "phone") await page.getByRole("button", { name: "Filters", exact: true }).click();
      await page.getByRole("option", { name: "Gradient (3)" }).waitFor({ state: "attached" });
      await picker(page, "Type of entity").selectOption("gradient");
      await picker(page, "Action").selectOption("entity.updated");
      await activity.says("1 entry");
      assertEquals(await activity.words(), ["anonymous changed gradient Sunset"]);
      await page.getByRole("option", { name: "anonymous (1)" }).waitFor({ state: "attached" });
      assertEquals((await picker(page, "Actor").locator("option").allTextContents())[0], "Any actor");
      await picker(page, "Actor").selectOption("anonymous");
      await addressFits(page, /actions=entity.updated&actor=anonymous&entity_type=gradient$/);
      await page.getByRole("button", { name: /^Remove the filter Action/ }).click();
      await activity.says("3 entries");
      await page.reload();
      await activity.says("3 entries");
    },
  );
}

browserTest("from an entry, one press leads to those with the same value, action or name", {}, async (visit) => {
  const { page, api } = visit;
  await makeFades(api, 2);
  const activity = activityPage(page);
  await activity.open();
  await activity.row("Fade 1").locator(".log-time").click();
  await activity.detail().getByRole("button", { name: "Only these: Action" }).click();
  await activity.says("2 entries");
  await activity.detail().getByRole("button", { name: "Only these: Entity" }).click();
  await activity.says("1 entry");
  await addressFits(page, /actions=entity.created&entity_name=Fade\+1/);
  await activity.open("categories=system");
  await activity.row("started the server").locator(".log-time").click();
  await activity.detail().getByRole("button", { name: "Only these: clean" }).click();
  await addressFits(page, /metadata_key=clean&metadata_value=true/);
  await activity.says("1 entry");
  await page.getByRole("button", { name: "Remove the filter clean true" }).click();
  await addressFits(page, /categories=system(&entry=[^&]*)?$/);
});
