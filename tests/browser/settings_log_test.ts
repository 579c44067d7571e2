import { assertEquals } from "@std/assert";
import { activityPage, makeFades, sizeOnceConnected } from "./support/activity_page.ts";
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

signedInTest(
  "only what was edited is saved; what others change meanwhile stays or is told",
  { at: AT },
  async (visit) => {
    const { page, owner: { api } } = visit;
    const [days, entries] = [
      page.getByLabel("Keep an entry for, in days"),
      page.getByLabel("Keep at most, in entries"),
    ];
    await days.fill("60");
    await api.call("PUT", SETTINGS, { max_entries: 30_000 });
    await page.getByText("older than 60 days, or once more than 30,000 newer").waitFor();
    assertEquals([await days.inputValue(), await entries.inputValue()], ["60", "30000"]);
    await api.call("PUT", SETTINGS, { max_days: 45 });
    await page.getByText("Changed meanwhile by somebody else: now 45 days.").waitFor();
    assertEquals(await days.inputValue(), "60");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved the settings of the log").waitFor();
    assertEquals((await api.call("GET", SETTINGS)).json, { enabled: true, max_days: 60, max_entries: 30_000 });
    assertEquals(await page.getByText("Changed meanwhile").count(), 0);
  },
);

signedInTest("after saving, the form shows what was saved, and has nothing to save", { at: AT }, async ({ page }) => {
  const sent: (string | null)[] = [];
  page.on("request", (request) => void (request.method() === "PUT" && sent.push(request.postData())));
  const [days, save] = [page.getByLabel("Keep an entry for, in days"), page.getByRole("button", { name: "Save" })];
  const entries = page.getByLabel("Keep at most, in entries");
  const unlimited = page.getByLabel("No limit: Keep an entry for");
  const saved = async () => {
    await page.getByText("Saved the settings of the log").waitFor();
    assertEquals(await save.getAttribute("aria-disabled"), "true");
    await page.getByRole("button", { name: "Dismiss" }).click();
  };
  await days.press("Enter");
  assertEquals(await save.getAttribute("aria-disabled"), "true");
  await days.fill(" 012 ");
  await save.click();
  await page.getByText("Saved the settings of the log").waitFor();
  assertEquals([await days.inputValue(), await page.locator("button:focus").innerText()], ["12", "Save"]);
  await saved();
  await days.fill("60");
  await unlimited.check();
  await page.keyboard.press("Enter");
  await saved();
  assertEquals([await days.inputValue(), await days.isDisabled()], ["", true]);
  await unlimited.uncheck();
  assertEquals(await days.inputValue(), "90");
  await unlimited.check();
  await entries.fill("30,0000");
  await page.getByText("What this means is said here").waitFor();
  await entries.fill("30,000");
  await page.keyboard.press("Enter");
  await saved();
  assertEquals(await entries.inputValue(), "30000");
  assertEquals(sent, ['{"max_days":12}', '{"max_days":null}', '{"max_entries":30000}']);
});

signedInTest("a limit by which entries go asks for a word first", { at: AT }, async ({ page, owner: { api } }) => {
  await makeFades(api, 120);
  const size = await sizeOnceConnected(api, 1);
  const save = page.getByRole("button", { name: "Save", exact: true });
  await page.getByLabel("Keep at most, in entries").fill("100");
  await save.click();
  await page.getByText(`At least ${size - 98} entries go at once, for everybody.`).waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await page.locator("button:focus", { hasText: "Save" }).waitFor();
  assertEquals((await api.call("GET", SETTINGS)).json, { enabled: true, max_days: 90, max_entries: 20_000 });
  await save.click();
  await page.getByRole("form", { name: "Save and remove entries" }).getByRole("textbox").and(page.locator(":focus"))
    .fill("Remove");
  await page.getByRole("button", { name: "Save and remove" }).click();
  await page.getByText("Saved the settings of the log").waitFor();
  assertEquals((await api.call("GET", SETTINGS)).json, { enabled: true, max_days: 90, max_entries: 100 });
  await page.getByText("The whole log: 100 entries, oldest first.").waitFor();
  await page.locator('button[aria-disabled="true"]:focus', { hasText: "Save" }).waitFor();
  await page.getByLabel("Keep at most, in entries").fill("20 000");
  await save.click();
  await page.getByText("An entry goes once it is older than 90 days, or once more than 20,000 newer").waitFor();
  await page.locator('button[aria-disabled="true"]', { hasText: "Save" }).waitFor();
  assertEquals(await page.getByRole("form", { name: "Save and remove entries" }).count(), 0);
});

signedInTest("a limit of age by which entries go asks too, and sends nothing before", { at: AT }, async (visit) => {
  const { page, owner: { api } } = visit;
  const size = await sizeOnceConnected(api, 1);
  // On this device it is forty days later, so that all entries are old.
  await page.clock.setFixedTime(Date.now() + 40 * 86_400_000);
  await page.getByLabel("Keep an entry for, in days").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(new RegExp(`^At least ${size} (entry goes|entries go) at once`)).waitFor();
  await page.getByRole("button", { name: "Keep them" }).click();
  assertEquals(await page.getByLabel("Keep an entry for, in days").inputValue(), "30");
  assertEquals((await api.call("GET", SETTINGS)).json, { enabled: true, max_days: 90, max_entries: 20_000 });
});

signedInTest("while recording is off, the log and the lights say so", { at: AT }, async ({ page, owner: { api } }) => {
  await page.getByRole("switch", { name: "Record who does what" }).uncheck();
  await page.getByText("Nothing is put on record").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved the settings of the log").waitFor();
  for (const path of ["/", "/activity"]) {
    await page.goto(path);
    await page.getByText(/^Recording has been off since today, \d\d:\d\d\./).waitFor();
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
  assertEquals(await page.getByText(/^Recording (is|has been) off/).count(), 0);
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
      const size = await sizeOnceConnected(owner.api, 2);
      await page.getByRole("button", { name: "Clear this log" }).click();
      await page.getByText(`All ${size} entries go`).waitFor();
      const clear = page.getByRole("form", { name: "Clear this log" }).getByRole("button", { name: "Clear" });
      assertEquals(await clear.isDisabled(), true);
      await page.getByRole("form").getByRole("textbox").and(page.locator(":focus")).fill("Clear");
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
