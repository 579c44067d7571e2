import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { signedInTest } from "./library_home.ts";
import { hasFocus } from "./support/focus.ts";

const add = async (page: Page) => {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Nothing changed").waitFor();
};

signedInTest("a gradient, a strip that uses it, a target and a scene are made one after another", {
  at: "/library/gradients",
}, async ({ page, owner: { api } }) => {
  await page.getByText("No gradients yet").waitFor();
  await page.getByRole("link", { name: "Add gradient" }).click();
  await page.getByLabel("Name").fill("Sunset");
  await page.getByRole("group", { name: "Stop 1" }).getByLabel("Color", { exact: true }).fill("#ff8800");
  await page.getByRole("button", { name: "Add stop" }).click();
  const middle = page.getByRole("group", { name: "Stop 2" });
  await middle.getByLabel("Position (%)").fill("25");
  await page.getByLabel("Tags").fill("warm, evening,");
  await add(page);
  assertMatch(page.url(), /\/library\/gradients\/grd_/);

  await page.goto("/library/color-strip-sources/new");
  await page.getByLabel("Name").fill("Evening");
  await page.getByLabel("Kind").selectOption("gradient");
  await page.getByLabel("Gradient", { exact: true }).selectOption({ label: "Sunset" });
  assertEquals(await page.getByLabel("Picture source").isVisible(), false);
  await add(page);

  await page.goto("/library/output-targets/new");
  await page.getByLabel("Name").fill("Shelf");
  await page.getByLabel("Color strip").selectOption({ label: "Evening" });
  await page.getByLabel("Brightness (%)").fill("80");
  await add(page);

  await page.goto("/scenes");
  await page.getByRole("link", { name: "Add scene" }).click();
  await page.getByLabel("Name").fill("Film night");
  await page.getByRole("button", { name: "Add target" }).click();
  await page.getByLabel("Output target").selectOption({ label: "Shelf" });
  await page.getByLabel("Running").uncheck();
  await add(page);
  await page.getByText("added scene").waitFor();

  const [gradient] = await api.list("gradients");
  const [strip] = await api.list("color-strip-sources");
  const [target] = await api.list("output-targets");
  const [scene] = await api.list("scene-presets");
  assertEquals(gradient?.["tags"], ["warm", "evening"]);
  assertEquals(gradient?.["stops"], [
    { position: 0, color: "#ff8800" },
    { position: 0.25, color: "#ffc480" },
    { position: 1, color: "#ffffff" },
  ]);
  assertEquals(strip?.["gradient_id"], gradient?.id);
  assertEquals([target?.["color_strip_source_id"], target?.["brightness"]], [strip?.id, 0.8]);
  assertEquals(scene?.["targets"], [
    { output_target_id: target?.id, color_strip_source_id: null, brightness: 1, running: false },
  ]);
});

signedInTest("an automation gets its rules and its secret, which is never shown again", {
  at: "/library/automations/new",
}, async ({ page, owner: { api } }) => {
  await page.getByLabel("Name").fill("Evenings");
  await page.getByRole("button", { name: "Add rule" }).click();
  const rule = page.getByRole("group", { name: "Rule 1" });
  await rule.getByLabel("From").fill("18:00");
  await rule.getByLabel("Until").fill("23:30");
  await rule.getByLabel("Sun").uncheck();
  await page.getByRole("button", { name: "Add rule" }).click();
  const second = page.getByRole("group", { name: "Rule 2" });
  await second.getByLabel("Kind").selectOption("webhook");
  await second.getByLabel("Holds for").fill("12.5");
  await second.getByRole("button", { name: "Move rule 2 up" }).click();
  const secret = page.getByRole("group", { name: "Webhook secret" });
  await secret.getByRole("button", { name: "Set" }).click();
  await page.getByLabel("Webhook secret").fill("hush hush");
  await add(page);
  await secret.getByText("Set", { exact: true }).waitFor();
  assertEquals((await page.content()).includes("hush hush"), false);
  const [made] = await api.list("automations");
  assertEquals(made?.["has_webhook_secret"], true);
  assertEquals(made?.["rules"], [
    { kind: "webhook", hold_seconds: 12.5 },
    {
      kind: "time_of_day",
      from: "18:00",
      until: "23:30",
      weekdays: ["mon", "tue", "wed", "thu", "fri", "sat"],
      time_zone: null,
    },
  ]);
});

signedInTest(
  "a gradient is made and deleted with nothing but the keyboard",
  { at: "/library" },
  async ({ page, owner }) => {
    const { api } = owner;
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    /** Tab until what has the focus is called that. */
    const tabTo = async (name: string) => {
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press("Tab");
        const text = await page.evaluate(() => {
          const it = document.activeElement;
          const label = it instanceof HTMLInputElement ? it.labels?.[0] : it;
          return it?.getAttribute("aria-label") ?? label?.textContent;
        });
        if (text?.trim().startsWith(name)) return;
      }
      throw new Error(`Tab never came to ${name}`);
    };
    await tabTo("Gradients");
    await press("Enter");
    await page.getByText("No gradients yet").waitFor();
    await tabTo("Add gradient");
    await press("Enter");
    await page.getByLabel("Name").waitFor();
    await tabTo("Name");
    await page.keyboard.type("Dawn");
    await tabTo("Add stop");
    await press("Enter");
    await hasFocus(page, "field-stops-row-1");
    await tabTo("Remove stop 2");
    await press("Enter");
    assertEquals(await page.getByRole("group", { name: /^Stop \d/ }).count(), 2);
    await tabTo("Add");
    await page.keyboard.press("Tab");
    await tabTo("Add");
    await press("Enter");
    await page.getByText("Nothing changed").waitFor();
    assertEquals((await api.list("gradients")).map(({ name }) => name), ["Dawn"]);
    await tabTo("Delete this gradient");
    await press("Enter");
    await page.keyboard.type("Dawn");
    await press("Enter");
    await page.getByText("No gradients yet").waitFor();
    assertEquals(await api.list("gradients"), []);
  },
);
