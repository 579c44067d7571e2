import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { eventually } from "../runtime/waiting.ts";
import { homeTest, OFTEN, SELDOM } from "./lights_home.ts";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf, VIEWPORTS } from "./support/looks.ts";

const changes = (page: Page) => page.locator(".recent");
const withAll = (page: Page) => page.getByLabel("With its targets, scenes and automations");

homeTest("what changed a device is told with what leads to it, live, or of the device alone", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna: { api }, lights: [shelf] }) => {
  const target = await api.create("output-targets", { name: "Behind the books", device_id: shelf!.id });
  await enter(page, `/devices/${shelf!.id}`);
  await changes(page).getByText(/added.*Behind the books/).waitFor();
  await api.create("gradients", { name: "Not of this device" });
  await api.update("output-targets", target.id, { fps: 12 });
  await changes(page).getByText(/(?:changed|updated).*Behind the books/).waitFor();
  const scene = await api.create("scene-presets", {
    name: "Reading",
    targets: [{ output_target_id: target.id, color_strip_source_id: null, brightness: 1, running: true }],
  });
  await changes(page).getByText(/added.*Reading/).waitFor();
  assertEquals(await changes(page).getByText("Not of this device").count(), 0);

  // What no longer leads to it is no longer told.
  await api.update("scene-presets", scene.id, { targets: [] });
  await api.update("output-targets", target.id, { fps: 24 });
  await changes(page).getByText("Reading").first().waitFor({ state: "detached" });

  await withAll(page).uncheck();
  await changes(page).getByText("Behind the books").first().waitFor({ state: "detached" });
  await page.reload();
  await changes(page).getByText(/added.*Shelf/).waitFor();
  assertEquals(await withAll(page).isChecked(), false);
  assertEquals(await changes(page).getByText("Behind the books").count(), 0);
});

homeTest("all that changed a device and what leads to it is an address of the log, whose list goes on live", {
  ...SELDOM,
  names: ["Shelf", "Desk"],
}, async ({ page, enter, anna: { api }, lights: [shelf, desk] }) => {
  const target = await api.create("output-targets", { name: "Behind the books", device_id: shelf!.id });
  // A moment after it was added its configuration is stored, which counts as well.
  await eventually(
    "the first look at its configuration",
    async () => (await api.entries(`related_to=${shelf!.id}&q=config_snapshot`))[0],
  );
  await enter(page, `/devices/${shelf!.id}`);
  await changes(page).getByRole("link", { name: "View all" }).click();
  await page.getByText("Related to").waitFor();
  await page.locator(".log-mark", { hasText: "Shelf" }).waitFor();
  assertEquals(new URL(page.url()).searchParams.get("related_to"), shelf!.id);
  const row = (text: string) => page.locator(".log-row", { hasText: text });
  await row("Behind the books").waitFor();
  assertEquals(await row("Desk").count(), 0);
  const total = (count: number) => page.locator(".log-total", { hasText: `${count} entries` }).waitFor();
  await total(3);
  await api.update("devices", desk!.id, { description: "By the window" });
  for (let fps = 10; fps < 15; fps++) await api.update("output-targets", target.id, { fps });
  await total(8);
  // A light that moves to another device takes its past with it.
  await api.update("output-targets", target.id, { device_id: desk!.id });
  await api.update("devices", shelf!.id, { description: "Alone" });
  await total(3);
  assertEquals(await row("Desk").count(), 0);
  await page.getByRole("button", { name: "Remove the filter Related to Shelf" }).click();
  await row("Desk").first().waitFor();
});

homeTest("whoever follows who changed a light last is among all that changed it, as on its page", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna: { api }, lights: [shelf] }) => {
  await api.create("output-targets", { name: "Behind the books", device_id: shelf!.id });
  await api.call("PUT", `/api/v1/devices/${shelf!.id}/state`, { on: false });
  await enter(page, `/devices/${shelf!.id}`);
  await page.getByRole("link", { name: /^Turned off by .*anna/ }).click();
  await page.locator(".log-row", { hasText: "Behind the books" }).waitFor();
  const { searchParams } = new URL(page.url());
  assertEquals([searchParams.get("related_to"), searchParams.has("entity_id")], [shelf!.id, false]);
  await page.getByRole("complementary").or(page.locator(".entry-fields")).getByText("device.state_changed").first()
    .waitFor();
});

homeTest("a light shows which preset it has and loads another; one without presets is not asked for any", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna: { api }, lights: [shelf] }) => {
  await enter(page, `/devices/${shelf!.id}`);
  await page.getByLabel("Preset").fill("2");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Preset 2 is loaded.").waitFor();
  await page.getByText(/anna\s+set\s+Shelf\s+to.*preset 2/).waitFor();
  await page.reload();
  await page.getByRole("spinbutton", { name: "Preset" }).and(page.locator("[value='2']")).waitFor();
  const strip = await api.create("devices", { name: "Strip", device_type: "virtual", led_count: 30 });
  await page.goto(`/devices/${strip.id}`);
  await page.getByRole("switch", { name: "Strip" }).waitFor();
  assertEquals(await page.getByLabel("Preset").count(), 0);
  await page.getByLabel("Colour of Strip").fill("#2040ff");
  await page.getByText(/anna\s+set\s+Strip\s+to\s+#2040ff/).waitFor();
  await page.getByRole("button", { name: "Identify" }).click();
  await page.getByText("It blinked.").waitFor();
});

homeTest("a device without light shows how it is, and nothing to switch; one that is off the network says why", {
  ...OFTEN,
  names: ["Shelf"],
}, async ({ page, enter, anna: { api }, lights: [shelf] }) => {
  const router = await api.create("devices", {
    name: "Router",
    device_type: "routeros",
    url: "ssh://127.0.0.1:1",
    ssh_user: "backup",
    ssh_identity: "/nowhere/key",
  });
  await enter(page, `/devices/${router.id}`);
  await page.getByText("RouterOS has no light.").waitFor();
  await page.getByText(/^Offline: /).waitFor();
  assertEquals(await page.getByRole("switch").count(), 0);
  assertEquals(await page.getByRole("button", { name: "Identify" }).count(), 0);
  await page.goto(`/devices/${shelf!.id}`);
  await page.getByText("Online", { exact: true }).waitFor();
  await page.getByText("Last seen").waitFor();
  await shelf!.controller.misbehave({ kind: "offline" });
  await page.getByText(/^Offline: /).waitFor();
});

for (const look of looksOf("phone", "tablet", "desk")) {
  homeTest(`everybody can use the page of a device on a ${look.viewport} in the ${look.theme} theme`, {
    ...SELDOM,
    ...look,
    names: ["Shelf"],
  }, async ({ page, enter, lights: [shelf] }) => {
    await enter(page, `/devices/${shelf!.id}`);
    await withAll(page).waitFor();
    await changes(page).getByText(/added/).first().waitFor();
    await assertAccessible(page);
    await assertNoSidewaysScroll(page);
    if (look.viewport !== "phone") return;
    await page.setViewportSize({ ...VIEWPORTS.phone, width: 320 });
    await assertNoSidewaysScroll(page);
  });
}
