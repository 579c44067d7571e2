import { assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { assertAccessible } from "./support/axe.ts";
import { SERVER_GONE } from "./support/problems.ts";
import { homeTest, isOn, OFTEN, SELDOM } from "./lights_home.ts";

const SHELF = { names: ["Shelf"] } as const;

homeTest("a light that is turned off in one browser goes off in another, and it says who did it", {
  ...SELDOM,
  names: ["Shelf", "Desk"],
}, async ({ page, enter, enterAs, lights: [shelf, desk] }) => {
  await enter(page, "/");
  const other = await enterAs("bert", "operator", "/");
  await isOn(other, shelf!, true);
  await isOn(page, shelf!, true);
  await shelf!.power(page).click();
  await isOn(other, shelf!, false);
  await isOn(other, desk!, true);
  await other.getByRole("link", { name: /Turned off by .?anna/ }).click();
  await other.getByText(/anna\s+turned off\s+Shelf/).first().waitFor();
  assertEquals(shelf!.controller.state().on, false);
});

homeTest("what somebody does at the light itself is seen, and that it was unplugged, with the reason", {
  ...OFTEN,
  ...SHELF,
}, async ({ page, enter, lights: [shelf] }) => {
  await enter(page, "/");
  await isOn(page, shelf!, true);
  shelf!.controller.press();
  await isOn(page, shelf!, false);
  await page.getByRole("link", { name: /Turned off elsewhere/ }).waitFor();
  await shelf!.controller.misbehave({ kind: "offline" });
  await page.getByText(/^Offline: /).waitFor();
  assertEquals(await shelf!.power(page).isDisabled(), true);
  assertEquals(await page.getByRole("slider").isDisabled(), true);
  await shelf!.controller.misbehave({ kind: "none" });
  await page.getByText("Online", { exact: true }).waitFor();
  assertEquals(await shelf!.power(page).isDisabled(), false);
});

homeTest("a light that never answered is shown as not known, neither off nor white", {
  ...SELDOM,
  ...SHELF,
}, async ({ page, enter, anna }) => {
  await anna.api.create("devices", { name: "Attic", device_type: "wled", url: "http://127.0.0.1:1" });
  await enter(page, "/");
  await page.getByText("2 lights, 1 on, 1 not known").waitFor();
  assertEquals(await page.getByRole("switch").count(), 1);
  await page.getByRole("button", { name: /^Attic: not known/ }).waitFor();
  const slider = page.getByRole("slider", { name: "Brightness of Attic" });
  assertEquals(await slider.getAttribute("aria-valuetext"), "Not known");
  await page.getByLabel("Colour of Attic, not known").waitFor();
  await assertAccessible(page);
});

homeTest("while the server is away, what was last known is not shown as if it were so now", {
  ...OFTEN,
  ...SHELF,
}, async ({ page, enter, server, expectProblem }) => {
  expectProblem(SERVER_GONE);
  await enter(page, "/");
  await page.getByText("Online", { exact: true }).waitFor();
  await server.stop("SIGKILL");
  await page.getByText("Last known: online").waitFor();
  await assertAccessible(page);
  await server.start();
  await page.getByText("Online", { exact: true }).waitFor();
});

homeTest("a slider that is dragged shows where it is all the time, and the light ends there", {
  ...SELDOM,
  ...SHELF,
}, async ({ page, enter, lights: [shelf] }) => {
  await enter(page, "/");
  const slider = page.getByRole("slider", { name: "Brightness of Shelf" });
  const { x, y, width, height } = (await slider.boundingBox())!;
  const at = (share: number) => [x + width * share, y + height / 2] as const;
  await page.mouse.move(...at(0.98));
  await page.mouse.down();
  for (let step = 95; step >= 20; step -= 3) {
    await page.mouse.move(...at(step / 100));
    const shown = Number(await slider.inputValue());
    assertEquals(Math.abs(shown - step) < 6, true, `the slider stands at ${shown} under a finger at ${step}`);
  }
  await page.mouse.up();
  const end = Number(await slider.inputValue());
  const brightness = Math.round(end * 2.55);
  await eventually(
    "the light to follow",
    () => Promise.resolve(shelf!.controller.state().bri === brightness || undefined),
  );
  await page.getByText(`${end} %`, { exact: true }).waitFor();
});

homeTest("a change that the light refuses goes back, with the reason", {
  ...SELDOM,
  ...SHELF,
}, async ({ page, enter, lights: [shelf], expectProblem }) => {
  expectProblem(/status of 50[24]/);
  await enter(page, "/");
  await isOn(page, shelf!, true);
  await shelf!.controller.misbehave({ kind: "status", code: 500 });
  await shelf!.power(page).click();
  await page.getByRole("status").getByText(/Shelf.*cannot be changed: it answers with an error/).waitFor();
  await isOn(page, shelf!, true);
  await shelf!.controller.misbehave({ kind: "offline" });
  await shelf!.power(page).click();
  await page.getByRole("status").getByText(/Shelf.*does not answer/).waitFor();
  await isOn(page, shelf!, true);
});

homeTest(
  "a colour that is picked is the light's colour",
  { ...SELDOM, ...SHELF },
  async ({ page, enter, lights: [shelf] }) => {
    await enter(page, "/");
    await isOn(page, shelf!, true);
    await page.getByLabel("Colour of Shelf").fill("#2040ff");
    const color = () =>
      Promise.resolve(shelf!.controller.state().seg[0]?.col[0]?.slice(0, 3).join() === "32,64,255" || undefined);
    await eventually("the light to have the colour", color);
  },
);

homeTest("a light is switched and dimmed by the keyboard alone", {
  ...SELDOM,
  ...SHELF,
}, async ({ page, enter, lights: [shelf] }) => {
  await enter(page, "/");
  await isOn(page, shelf!, true);
  await page.keyboard.press("Control+1");
  await page.getByRole("link", { name: "Shelf", exact: true }).first().focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await isOn(page, shelf!, false);
  await page.keyboard.press("Tab");
  for (let step = 0; step < 10; step++) await page.keyboard.press("ArrowLeft");
  await isOn(page, shelf!, true);
  const dimmed = () => Promise.resolve(shelf!.controller.state().bri === Math.round(0.9 * 255) || undefined);
  await eventually("the light to be dimmed", dimmed);
  assertEquals(shelf!.controller.state().on, true);
});

homeTest("all lights go off after asking, and those that do not are named", {
  ...SELDOM,
  names: ["Shelf", "Desk", "Stairs"],
}, async ({ page, enter, lights, expectProblem }) => {
  expectProblem(/status of 50[24]/);
  await enter(page, "/");
  for (const light of lights) await isOn(page, light, true);
  await lights[1]!.controller.misbehave({ kind: "status", code: 500 });
  await page.getByRole("button", { name: "All off" }).click();
  await page.getByText("Turn off 3 lights?").waitFor();
  await page.keyboard.press("Escape");
  assertEquals(lights.map(({ controller }) => controller.state().on), [true, true, true]);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Turn off 3 lights" }).click();
  await page.getByText(/2 lights turned off\. Not turned off: .?Desk/).waitFor();
  assertEquals(lights.map(({ controller }) => controller.state().on), [false, true, false]);
  await isOn(page, lights[1]!, true);
});

homeTest("whoever may only look is told so, and finds nothing to press", {
  ...SELDOM,
  ...SHELF,
}, async ({ enterAs, lights }) => {
  const page = await enterAs("guest", "viewer", "/");
  await page.getByText("your key has the role viewer").waitFor();
  assertEquals(await lights[0]!.power(page).isDisabled(), true);
  assertEquals(await page.getByRole("button", { name: "All off" }).isDisabled(), true);
});
