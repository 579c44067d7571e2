import { assertEquals } from "@std/assert";
import { homeTest, SELDOM } from "./lights_home.ts";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import type { Theme } from "./support/looks.ts";

const NAMES = [
  `<img src=x onerror="document.title='taken over'">`,
  "\u202eftlight\u202c \u2067right to left\u2069 عربي",
  "\u001b[31mred\u001b[0m light",
  "💡".repeat(256),
  "x".repeat(256),
];
const NARROWEST = { width: 320, height: 640 };

homeTest("names with markup, marks and 256 signs are only names, also in the narrowest window", {
  ...SELDOM,
  names: NAMES,
}, async ({ page, enter, anna, lights }) => {
  await page.setViewportSize(NARROWEST);
  await enter(page, "/");
  for (const path of ["/", "/devices", ...lights.map(({ id }) => `/devices/${id}`)]) {
    await page.goto(path);
    await page.getByRole("switch").or(page.getByRole("table")).first().waitFor();
    await assertNoSidewaysScroll(page);
    assertEquals(await page.locator("main img").count(), 0);
    assertEquals(await page.title() === "taken over", false);
  }
  const emoji = await anna.api.list("devices").then((all) => all.find(({ name }) => name.startsWith("💡"))!);
  await page.goto(`/devices/${emoji.id}`);
  await page.getByRole("button", { name: /^Delete this device/ }).click();
  await page.getByLabel("Type delete to confirm").waitFor();
  await assertNoSidewaysScroll(page);
});

homeTest("on a phone a device's name and its address are read to their end, and hundreds stand as people count", {
  ...SELDOM,
  names: ["Living room 10", "Living room 2", "Living room 1"],
}, async ({ page, enter }) => {
  await enter(page, "/devices");
  const names = page.locator("tbody .device-name .name");
  await names.nth(2).waitFor();
  assertEquals(await names.allTextContents(), ["Living room 1", "Living room 2", "Living room 10"]);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    for (const part of [names.last(), page.locator("tbody .device-url").last()]) {
      const cut = await part.evaluate((it) => it.scrollWidth - it.clientWidth);
      assertEquals(cut, 0, `${await part.textContent()} at ${width}`);
    }
  }
});

const THEMES: readonly Theme[] = ["dark", "light"];
for (const theme of THEMES) {
  homeTest(`everybody can use the lights and the devices in the ${theme} theme`, {
    ...SELDOM,
    theme,
    names: ["Shelf", "Desk"],
  }, async ({ page, enter, anna, lights: [shelf, desk], expectProblem }) => {
    expectProblem(/status of (?:422|404)/);
    await anna.api.create("devices", { name: "Ceiling", device_type: "ddp", url: "ddp://10.0.0.9", tags: ["hall"] });
    await anna.api.call("PUT", `/api/v1/devices/${desk!.id}/state`, { on: false });
    await enter(page, "/");
    await page.getByRole("button", { name: "All off" }).click();
    await assertAccessible(page);
    await page.goto("/devices");
    await page.getByRole("row").nth(3).waitFor();
    await assertAccessible(page);
    await page.goto(`/devices/${shelf!.id}`);
    await page.getByRole("button", { name: /^Delete this device/ }).click();
    await assertAccessible(page);
    await page.goto("/devices/new");
    await page.getByLabel("Name").fill("Stairs");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("Address is required").waitFor();
    await assertAccessible(page);
    await page.goto("/devices/dev_gone");
    await page.getByText("This device is gone").waitFor();
    await assertAccessible(page);
  });
}

homeTest("a device is found by its name or tag, and the address reopens what was found", {
  ...SELDOM,
  names: [],
}, async ({ page, enter, anna }) => {
  for (let at = 0; at < 80; at++) {
    const name = `Light ${String(at).padStart(2, "0")}`;
    await anna.api.create("devices", { name, device_type: "virtual", tags: at % 10 === 0 ? ["hall"] : [] });
  }
  await enter(page, "/");
  await page.getByText("80 lights").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("HALL 7");
  await page.getByText("1 light, 0 on").waitFor();
  await page.getByRole("link", { name: "Light 70", exact: true }).waitFor();
  await page.reload();
  await page.getByText("1 light, 0 on").waitFor();
  await page.goto("/devices");
  await page.getByRole("link", { name: "hall" }).first().click();
  await page.getByRole("row").nth(8).waitFor();
  assertEquals(await page.getByRole("row").count(), 1 + 8);
});

homeTest("whoever comes back from a device far down the list finds it where it was", {
  ...SELDOM,
  names: [],
}, async ({ page, enter, anna }) => {
  for (let at = 0; at < 150; at++) {
    await anna.api.create("devices", { name: `Light ${String(at).padStart(3, "0")}`, device_type: "virtual" });
  }
  for (const path of ["/", "/devices"]) {
    if (path === "/") await enter(page, path);
    else await page.goto(path);
    const link = page.getByRole("link", { name: "Light 140", exact: true });
    await page.waitForFunction(() => {
      scrollTo(0, document.body.scrollHeight);
      return document.body.textContent?.includes("Light 140") === true;
    });
    await link.scrollIntoViewIfNeeded();
    await link.click();
    await page.getByRole("heading", { level: 1, name: "Light 140" }).waitFor();
    await page.goBack();
    await link.waitFor();
    await page.waitForFunction(() => {
      const links = [...document.querySelectorAll("main a")];
      const { top } = links.find(({ textContent }) => textContent === "Light 140")!.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });
  }
});
