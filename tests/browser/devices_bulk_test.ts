import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { ApiClient } from "../runtime/api_client.ts";
import { eventually } from "../runtime/waiting.ts";
import { homeTest, SELDOM } from "./lights_home.ts";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";

const HOME = { ...SELDOM, names: [] } as const;

const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
const bar = (page: Page) => page.getByRole("region", { name: "Selected devices" });
const says = (page: Page, text: string | RegExp) => bar(page).getByText(text).first().waitFor();
const plain = (text: string | null) => (text ?? "").replaceAll(/[\u2068\u2069]/g, "");

async function makeVirtual(api: ApiClient, names: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  for (const name of names) await api.create("devices", { name, device_type: "virtual", ...more });
}

async function tagsByName(api: ApiClient): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries((await api.list("devices")).map((device) => [device.name, device["tags"]]));
}

homeTest("many devices get tags, lose tags and are set at once, and what stayed as it was is told", {
  ...HOME,
}, async ({ page, enter, anna }) => {
  await makeVirtual(anna.api, ["Attic", "Desk"], { tags: ["old", "house"] });
  await makeVirtual(anna.api, ["Hall", "Shelf"]);
  await enter(page, "/devices");
  for (const name of ["Attic", "Desk", "Hall"]) await box(page, name).click();
  await says(page, "3 selected");
  await bar(page).getByRole("button", { name: "Change…" }).click();
  await page.getByLabel("Add tags").fill("evening, floor 2, ");
  await page.getByRole("button", { name: "old", exact: true }).click();
  await page.getByLabel("LED count").fill("12x");
  await says(page, "A whole number, 1 to 10000");
  await page.getByLabel("LED count").fill("120");
  await bar(page).getByLabel("RGB order").selectOption("grb");
  await bar(page).getByLabel("Enabled").selectOption("off");
  await bar(page).getByRole("button", { name: "Change 3 devices" }).click();
  await says(page, "3 devices changed.");
  await page.getByText("Disabled", { exact: true }).nth(2).waitFor();
  const all = await anna.api.list("devices");
  const told = all.map(({ name, tags, led_count, rgb_order, enabled }) => [name, tags, led_count, rgb_order, enabled]);
  assertEquals(told, [
    ["Attic", ["house", "evening", "floor 2"], 120, "grb", false],
    ["Desk", ["house", "evening", "floor 2"], 120, "grb", false],
    ["Hall", ["evening", "floor 2"], 120, "grb", false],
    ["Shelf", [], 30, "rgb", true],
  ]);

  await box(page, "Shelf").click();
  await bar(page).getByRole("button", { name: "Change…" }).click();
  await page.getByLabel("Add tags").fill("evening");
  await bar(page).getByRole("button", { name: "Change 4 devices" }).click();
  await says(page, "1 device changed. 3 were so already.");
});

homeTest("those that could not be changed are named with the reason, and can be chosen alone", {
  ...HOME,
}, async ({ page, enter, anna }) => {
  const full = Array.from({ length: 32 }, (_, at) => `tag ${at}`);
  await makeVirtual(anna.api, ["Attic"], { tags: full });
  await makeVirtual(anna.api, ["Desk", "Hall"]);
  await enter(page, "/devices");
  await page.getByRole("checkbox", { name: "Select all 3 that are shown" }).click();
  await bar(page).getByRole("button", { name: "Change…" }).click();
  await page.getByLabel("Add tags").fill("evening");
  await bar(page).getByRole("button", { name: "Change 3 devices" }).click();
  await says(page, "2 devices changed. 1 failed.");
  const why = plain(await bar(page).getByRole("listitem").textContent());
  assert(/^Attic: .*[Tt]ags/.test(why), why);
  assertEquals((await tagsByName(anna.api))["Desk"], ["evening"]);
  await bar(page).getByRole("button", { name: "Select only these" }).click();
  await says(page, "1 selected");
  assertEquals(await box(page, "Attic").isChecked(), true);
  assertEquals(await box(page, "Desk").isChecked(), false);
});

homeTest("the selected lights are switched together, and those that do not follow are named", {
  ...SELDOM,
  names: ["Shelf", "Desk", "Stairs"],
}, async ({ page, enter, anna, lights }) => {
  await anna.api.create("devices", {
    name: "Router",
    device_type: "routeros",
    url: "ssh://127.0.0.1:1",
    ssh_user: "anna",
    ssh_identity: "/key",
  });
  await lights[1]!.controller.misbehave({ kind: "status", code: 500 });
  await enter(page, "/devices");
  await page.getByRole("checkbox", { name: "Select all 4 that are shown" }).click();
  await bar(page).getByRole("button", { name: "Turn off 3 lights" }).click();
  await says(page, "2 lights turned off. 1 failed.");
  assert(plain(await bar(page).getByRole("listitem").textContent()).startsWith("Desk: "));
  assertEquals(lights.map(({ controller }) => controller.state().on), [false, true, false]);
  await lights[1]!.controller.misbehave({ kind: "none" });
  await bar(page).getByRole("button", { name: "Turn on 3 lights" }).click();
  await says(page, "3 lights turned on.");
  assertEquals(lights.map(({ controller }) => controller.state().on), [true, true, true]);
});

homeTest("devices are selected with Shift, by keyboard and across searches, and nothing moves", {
  ...HOME,
}, async ({ page, enter, anna }) => {
  await makeVirtual(anna.api, ["Attic", "Desk", "Hall", "Kitchen"]);
  await makeVirtual(anna.api, ["Shelf", "Stairs"], { tags: ["upper"] });
  await enter(page, "/devices");
  const last = page.getByRole("link", { name: "Stairs", exact: true });
  const before = await last.boundingBox();
  await box(page, "Desk").click();
  await says(page, "1 selected");
  assertEquals(await last.boundingBox(), before);
  await box(page, "Kitchen").click({ modifiers: ["Shift"] });
  await says(page, "3 selected");

  const search = page.getByRole("searchbox");
  await search.fill("upper");
  await says(page, "3 selected, 3 of them not in the search");
  await page.getByRole("checkbox", { name: "Select all 2 that are shown" }).focus();
  await page.keyboard.press("Space");
  await search.fill("");
  const names = async () =>
    await page.locator(".device-selected").evaluateAll((rows) =>
      rows.map((row) => row.querySelector("a")?.textContent)
    );
  const chosen = await eventually("what the search showed to be selected too", async () => {
    const now = await names();
    return now.length > 3 ? now : undefined;
  });
  assertEquals(chosen, ["Desk", "Hall", "Kitchen", "Shelf", "Stairs"]);

  await box(page, "Attic").focus();
  await page.keyboard.press("Space");
  await says(page, "6 selected");
  await page.keyboard.press("Enter");
  await page.locator(".bulk-bar:focus").waitFor();
  for (let press = 0; press < 3; press++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type("hall");
  await page.keyboard.press("Enter");
  await says(page, "6 devices changed.");
  await page.locator(".bulk-bar button:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".device-selected input:focus").waitFor();
  const tags = await tagsByName(anna.api);
  assertEquals([tags["Attic"], tags["Stairs"]], [["hall"], ["upper", "hall"]]);
  await bar(page).getByRole("button", { name: "Clear" }).click();
  assertEquals(await page.locator(".device-selected").count(), 0);
});

homeTest("three hundred devices are selected and changed at once, also those that are not drawn yet", {
  ...HOME,
}, async ({ page, enter, anna }) => {
  await makeVirtual(anna.api, Array.from({ length: 300 }, (_, at) => `Light ${String(at).padStart(3, "0")}`));
  await enter(page, "/devices");
  await page.getByRole("checkbox", { name: "Select all 300 that are shown" }).click();
  await bar(page).getByRole("button", { name: "Change…" }).click();
  await page.getByLabel("Add tags").fill("venue");
  await bar(page).getByRole("button", { name: "Change 300 devices" }).click();
  await says(page, "300 devices changed.");
  const tagged = (await anna.api.list("devices")).filter(({ tags }) => JSON.stringify(tags) === '["venue"]');
  assertEquals(tagged.length, 300);
  await page.getByRole("link", { name: "venue" }).nth(20).waitFor();
});

homeTest("a device that somebody deletes is no longer among the selected", {
  ...HOME,
}, async ({ page, enter, anna }) => {
  await makeVirtual(anna.api, ["Attic", "Desk"]);
  await enter(page, "/devices");
  await page.getByRole("checkbox", { name: "Select all 2 that are shown" }).click();
  await says(page, "2 selected");
  const [attic] = await anna.api.list("devices");
  await anna.api.remove("devices", attic!.id);
  await says(page, "1 selected");
});

homeTest("whoever may only look finds nothing to select", {
  ...HOME,
}, async ({ enterAs, anna }) => {
  await makeVirtual(anna.api, ["Attic"]);
  const page = await enterAs("guest", "viewer", "/devices");
  await page.getByRole("link", { name: "Attic" }).waitFor();
  assertEquals(await page.getByRole("checkbox").count(), 0);
});

for (const theme of ["dark", "light"] as const) {
  homeTest(`everybody can change many devices at once in the ${theme} theme, in any window`, {
    ...HOME,
    theme,
  }, async ({ page, enter, anna }) => {
    await makeVirtual(anna.api, ["Attic", "D".repeat(256)], { tags: ["evening", "x".repeat(64)] });
    await enter(page, "/devices");
    await box(page, "Attic").click();
    await bar(page).getByRole("button", { name: "Change…" }).click();
    await page.getByRole("button", { name: "evening", exact: true }).click();
    await page.getByLabel("LED count").fill("0");
    for (const width of [1440, 820, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    }
  });
}
