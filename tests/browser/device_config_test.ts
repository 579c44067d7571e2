import { assertEquals, assertStringIncludes } from "@std/assert";
import { readFile } from "node:fs/promises";
import { configTest, openers, section, settings } from "./config_home.ts";
import { homeTest, SELDOM } from "./lights_home.ts";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf, VIEWPORTS } from "./support/looks.ts";

configTest(
  "each change of a device's configuration is listed and shown line by line, at an address of its own",
  {},
  async (
    { page, enter, lamp },
  ) => {
    await lamp.backUp();
    lamp.write(settings(200));
    await enter(page, `/devices/${lamp.id}`);
    await openers(page).getByText("first kept").waitFor();
    const backUp = section(page).getByRole("button", { name: "Back up now" });
    await backUp.click();
    await section(page).getByText("A new snapshot is stored.").waitFor();
    await openers(page).nth(1).waitFor();
    await openers(page).first().getByText("+1").waitFor();
    await openers(page).first().getByText(/ 1 change$/).waitFor();
    await openers(page).first().getByText("by hand").waitFor();
    await backUp.focus();
    await page.keyboard.press("Enter");
    await section(page).getByText("Nothing has changed since the newest snapshot.").waitFor();
    // Whoever works by keyboard is still where they were.
    assertEquals(await backUp.evaluate((it) => it === document.activeElement), true);
    await section(page).getByText(/^Checked .*: nothing had changed/).waitFor();

    await openers(page).first().click();
    const diff = section(page).getByRole("table");
    assertStringIncludes(await diff.locator(".diff-removed").innerText(), "128");
    assertStringIncludes(await diff.locator(".diff-removed").innerText(), "−");
    assertStringIncludes(await diff.locator(".diff-added").innerText(), "200");
    assertStringIncludes(await diff.locator(".diff-added").innerText(), "+");
    await section(page).getByRole("list", { name: "1 change" }).getByText("changed").waitFor();
    await section(page).getByText(/T\d\d:\d\d:\d\d\.\d{3}Z \(UTC\)/).waitFor();
    assertEquals(new URL(page.url()).searchParams.has("config"), true);
    await page.reload();
    await diff.locator(".diff-added").waitFor();
    await page.goBack();
    await diff.waitFor({ state: "detached" });
    assertEquals(new URL(page.url()).search, "");
  },
);

configTest(
  "a snapshot is compared with any other, shown whole, and kept as a file",
  {},
  async ({ page, enter, lamp }) => {
    const first = await lamp.backUp();
    lamp.write(settings(200));
    await lamp.backUp();
    lamp.write(settings(200, "Reading lamp"));
    const third = await lamp.backUp();
    await enter(page, `/devices/${lamp.id}?config=${third}`);
    const diff = section(page).getByRole("table");
    await diff.getByText("Reading lamp").waitFor();
    assertEquals(await diff.locator(".diff-added").count(), 1);
    await section(page).getByLabel("Compare with").selectOption(first);
    await diff.locator(".diff-added").nth(1).waitFor();
    assertEquals(new URL(page.url()).searchParams.get("against"), first);
    await page.reload();
    await diff.locator(".diff-added").nth(1).waitFor();

    await section(page).getByRole("button", { name: "Whole text" }).click();
    const text = section(page).getByLabel("Whole text", { exact: true });
    await text.waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      section(page).getByRole("button", { name: "Download" }).click(),
    ]);
    assertEquals(/^lamp-\d{8}-\d{6}\.json$/.test(file.suggestedFilename()), true, file.suggestedFilename());
    assertEquals(await readFile(await file.path(), "utf8"), await text.locator("xpath=self::pre").textContent());
  },
);

configTest("a device that does not give its configuration is told of, with why and what to do", {}, async (
  { page, enter, lamp, expectProblem },
) => {
  expectProblem(/status of 50[24]/);
  lamp.fail(500);
  await enter(page, `/devices/${lamp.id}`);
  await section(page).getByText("No snapshot yet").waitFor();
  await section(page).getByRole("button", { name: "Back up now" }).click();
  await section(page).getByText(/Nothing was stored/).waitFor();
  await section(page).getByText(/The last backup failed/).waitFor();
  await section(page).getByText("Look whether it is online").waitFor();
  await assertAccessible(page);
  lamp.fail(undefined);
  await section(page).getByRole("button", { name: "Back up now" }).click();
  await openers(page).first().waitFor();
  await section(page).getByText(/The last backup failed/).waitFor({ state: "detached" });
});

configTest("what somebody else backs up appears by itself; whoever may only look can read it", {}, async (
  { enterAs, lamp },
) => {
  const page = await enterAs("guest", "viewer", `/devices/${lamp.id}`);
  await section(page).getByText("your key has the role viewer").waitFor();
  assertEquals(await section(page).getByRole("button", { name: "Back up now" }).isDisabled(), true);
  await lamp.backUp();
  await openers(page).first().waitFor();
  lamp.write(settings(17));
  await lamp.backUp();
  await openers(page).nth(1).waitFor();
  await openers(page).first().click();
  await section(page).locator(".diff-added", { hasText: "17" }).waitFor();
});

homeTest("a device that has no configuration to keep shows nothing of it, and a snapshot that is gone says so", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna: { api }, lights: [shelf], expectProblem }) => {
  expectProblem(/status of 404/);
  const strip = await api.create("devices", { name: "Strip", device_type: "virtual" });
  await enter(page, `/devices/${strip.id}`);
  await page.getByRole("switch", { name: "Strip" }).waitFor();
  assertEquals(await section(page).count(), 0);
  await page.goto(`/devices/${shelf!.id}?config=cfg_gone`);
  await section(page).getByText("There is no such snapshot of this device").waitFor();
  await section(page).getByRole("button", { name: "Close" }).click();
  await section(page).getByText("There is no such snapshot of this device").waitFor({ state: "detached" });
});

const MANY = 5000;
const presets = (bri: number) =>
  Object.fromEntries(
    Array.from({ length: MANY }, (_, at) => [`p${String(at).padStart(4, "0")}`, at % 2 ? at : at + bri]),
  );

configTest("a configuration of thousands of lines is drawn in parts, and markup in it is only text", {}, async (
  { page, enter, lamp },
) => {
  const markup = `<img src=x onerror="document.title='taken over'"> \u202eover there`;
  lamp.write({ ...settings(1), um: presets(1) });
  await lamp.backUp();
  lamp.write({ ...settings(1, markup), um: presets(70_000) });
  const id = await lamp.backUp();
  await enter(page, `/devices/${lamp.id}?config=${id}`);
  const rows = section(page).locator(".diff tbody tr");
  await rows.nth(399).waitFor();
  assertEquals(await rows.count(), 400);
  await section(page).getByRole("button", { name: /^Show \d+ more lines$/ }).click();
  await rows.nth(400).waitFor();
  await section(page).getByText("onerror=").first().waitFor();
  assertEquals(await page.locator("main img").count(), 0);
  await section(page).getByRole("button", { name: "Whole text" }).click();
  await section(page).getByText("p4999").waitFor();
  assertEquals(await page.title(), "Lamp · Lumenlog");
});

for (const look of looksOf("phone", "tablet", "desk")) {
  configTest(
    `everybody can use a device's configuration on a ${look.viewport} in the ${look.theme} theme`,
    look,
    async (
      { page, enter, lamp },
    ) => {
      await lamp.backUp();
      lamp.write(settings(200, "x".repeat(300)));
      await lamp.backUp();
      await enter(page, `/devices/${lamp.id}`);
      // By the keyboard alone.
      await openers(page).first().focus();
      await page.keyboard.press("Enter");
      const diff = section(page).getByRole("table");
      await diff.locator(".diff-added").first().waitFor();
      assertEquals(await diff.getByRole("row").nth(2).getByRole("cell").count() > 3, look.viewport === "desk");
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await section(page).locator("pre").waitFor();
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await section(page).locator("pre").waitFor({ state: "detached" });
      assertEquals(await openers(page).first().evaluate((it) => it === document.activeElement), true);
      if (look.viewport !== "phone") return;
      await openers(page).first().click();
      await page.setViewportSize({ ...VIEWPORTS.phone, width: 320 });
      await diff.waitFor();
      await assertNoSidewaysScroll(page);
    },
  );
}
