import { assertEquals } from "@std/assert";
import { activityPage, makeFades } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { signIn } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { signedInTest } from "./library_home.ts";

const AT = "/settings/activity-log";
const SETTINGS = "/api/v1/activity-log/settings";

signedInTest("how much the log keeps is set, stays, and is on record", { at: AT }, async ({ page, owner: { api } }) => {
  const [days, entries] = [page.getByLabel("Keep an entry for, in days"), page.getByLabel("Keep at most, in entries")];
  await page.getByText("older than 90 days").waitFor();
  await days.fill("4000");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("A whole number from 1 to 3,650.").waitFor();
  await page.locator("#log-days:focus").fill("30");
  await page.getByLabel("No limit: Keep at most").check();
  await page.getByText("An entry goes once it is older than 30 days.").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved the settings of the log").waitFor();
  assertEquals((await api.call("GET", SETTINGS)).json, { enabled: true, max_days: 30, max_entries: null });
  await page.reload();
  await page.getByText("An entry goes once it is older than 30 days.").waitFor();
  assertEquals([await days.inputValue(), await entries.isDisabled()], ["30", true]);
  await api.call("PUT", SETTINGS, { max_days: null });
  await page.getByText("Every entry is kept until somebody clears the log.").waitFor();
  await page.goto("/activity");
  await activityPage(page).row("owner changed how much the log keeps: for ever").waitFor();
});

signedInTest("while recording is off, the log and the lights say so", { at: AT }, async ({ page, owner: { api } }) => {
  await page.getByRole("switch", { name: "Record who does what" }).uncheck();
  await page.getByText("Nothing is put on record").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved the settings of the log").waitFor();
  for (const path of ["/", "/activity"]) {
    await page.goto(path);
    await page.getByText(/^Recording is off since Today, \d\d:\d\d\./).waitFor();
    await assertAccessible(page);
  }
  await makeFades(api, 2);
  await activityPage(page).row("switched recording off").waitFor();
  assertEquals((await api.entries("q=fade")).length, 0);
  await page.getByRole("link", { name: "Settings of the log" }).click();
  await page.getByRole("switch", { name: "Record who does what" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved the settings of the log").waitFor();
  await page.goto("/activity");
  await activityPage(page).row("switched recording on").waitFor();
  assertEquals(await page.getByText("Recording is off").count(), 0);
});

for (const viewport of ["desk", "phone"] as const) {
  signedInTest(
    `the log is cleared by a typed word, and who looks at it sees who did it, on a ${viewport}`,
    { viewport, at: AT },
    async ({ page, owner, openTab }) => {
      await makeFades(owner.api, 60);
      const tab = await openTab();
      await tab.goto("/activity");
      await signIn(tab, owner.token);
      const activity = activityPage(tab);
      await activity.row("Fade 59").waitFor();
      const size = (await owner.api.entries("limit=200")).length;
      await page.getByRole("button", { name: "Clear this log" }).click();
      await page.getByText(`All ${size} entries go`).waitFor();
      const clear = page.getByRole("form", { name: "Clear this log" }).getByRole("button", { name: "Clear" });
      assertEquals(await clear.isDisabled(), true);
      await page.getByRole("form").getByRole("textbox").and(page.locator(":focus")).fill("clear");
      await clear.click();
      await page.getByText(`Cleared the log: ${size} entries removed`).waitFor();
      await activity.says("1 entry");
      assertEquals(await activity.words(), [`owner cleared the log: ${size} entries removed`]);
      await tab.locator(".log-chips").getByRole("button", { name: /^System 1 entry$/ }).waitFor();
      await page.getByRole("button", { name: "Clear this log" }).waitFor();
      await owner.api.create("gradients", { name: "Dawn" });
      await activity.row("added gradient Dawn").waitFor();
      await activity.says("2 entries");
    },
  );
}

signedInTest("a viewer looks at the settings of the log, and changes none", { at: AT }, async (visit) => {
  const { owner: { api }, openBrowser } = visit;
  for (const role of ["viewer", "operator"]) {
    const page = await openBrowser();
    await page.goto(AT);
    await signIn(page, await api.createKey({ label: `a-${role}`, role }));
    await page.getByText(`Admins can do this; your key has the role ${role}.`).waitFor();
    await page.getByText("older than 90 days").waitFor();
    assertEquals(await page.getByRole("switch", { name: "Record who does what" }).isDisabled(), true);
    assertEquals(await page.getByLabel("Keep an entry for, in days").isDisabled(), true);
    assertEquals(await page.getByRole("button", { name: /Save|Clear/ }).count(), 0);
    await assertAccessible(page);
  }
});

browserTest("without a key the page says that one is needed for the settings of the log", {}, async ({ page }) => {
  await page.goto(AT);
  await page.getByText("An API key is needed to change this").waitFor();
  await page.getByText("older than 90 days").waitFor();
  assertEquals(await page.getByRole("button", { name: /Save|Clear/ }).count(), 0);
});

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can use the settings of the log on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: AT },
    async ({ page }) => {
      await page.getByText("older than 90 days").waitFor();
      await page.getByRole("button", { name: "Clear this log" }).click();
      await page.getByLabel("Keep an entry for, in days").fill("x");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("A whole number from 1 to 3,650.").waitFor();
      await assertAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    },
  );
}
