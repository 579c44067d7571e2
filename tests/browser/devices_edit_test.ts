import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { homeTest, SELDOM } from "./lights_home.ts";

const focused = (page: Page, field: string) => page.locator(`[name=${field}]:focus`).waitFor();
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });

homeTest("a device is added; what is wrong stands beside its field, and what was typed stays", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, expectProblem, anna }) => {
  expectProblem(/status of (?:422|409)/);
  await enter(page, "/devices");
  await page.getByRole("link", { name: "Add device" }).click();
  await page.getByLabel("Name").fill("Shelf");
  await page.getByLabel("Type").selectOption("sacn");
  await page.getByLabel("Address").fill("http://10.0.0.9");
  await page.getByLabel("Universe").fill("0");
  const add = page.getByRole("button", { name: "Add", exact: true });
  await add.click();
  await page.getByText("Address must start with sacn://").waitFor();
  await page.getByText("Universe must be at least 1").waitFor();
  await focused(page, "url");
  await page.getByLabel("Address").fill("sacn://10.0.0.9");
  await page.getByLabel("Universe").fill("7");
  await add.click();
  await page.getByText("Name is taken").waitFor();
  await focused(page, "name");
  assertEquals(await page.getByLabel("Universe").inputValue(), "7");
  await page.getByLabel("Name").fill("Ceiling");
  await page.getByLabel("Tags").fill("hall, evening");
  await page.keyboard.press("Enter");
  await heading(page, "Ceiling").waitFor();
  await page.getByRole("switch", { name: "Ceiling" }).waitFor();
  const made = (await anna.api.list("devices")).find(({ name }) => name === "Ceiling");
  assertEquals([made?.["universe"], made?.["tags"], made?.["led_count"]], [7, ["hall", "evening"], 30]);
});

homeTest("of two who change a device at the same time, neither undoes the other unknowingly", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna, lights: [shelf] }) => {
  await enter(page, `/devices/${shelf!.id}`);
  await page.getByLabel("Description").fill("Behind the books");
  await anna.api.update("devices", shelf!.id, { name: "Bookshelf", rgb_order: "grb" });
  await page.getByText("Somebody changed this meanwhile").waitFor();
  assertEquals(await page.getByLabel("Description").inputValue(), "Behind the books");
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await page.getByText(/Bookshelf.* is saved/).waitFor();
  const [saved] = await anna.api.list("devices");
  assertEquals([saved?.name, saved?.["rgb_order"], saved?.["description"]], ["Bookshelf", "grb", "Behind the books"]);

  await page.getByLabel("Name").fill("Mine");
  await anna.api.update("devices", shelf!.id, { name: "Theirs" });
  await page.getByRole("button", { name: "Take what is stored" }).click();
  await page.getByText("Somebody changed this meanwhile").waitFor({ state: "detached" });
  await heading(page, "Theirs").waitFor();
  assertEquals(await page.getByLabel("Name").inputValue(), "Theirs");
});

homeTest("a device that is used names its users; once free it is deleted by its name, and its history stays", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, openTab, enter, anna, lights: [shelf], expectProblem }) => {
  expectProblem(/status of 404/);
  const target = await anna.api.create("output-targets", { name: "Behind the books", device_id: shelf!.id });
  await enter(page, `/devices/${shelf!.id}`);
  await page.locator(".device-users, .in-use").getByRole("link", { name: "Behind the books" }).waitFor();
  await page.getByText("What is listed here still uses it.").waitFor();
  const ask = page.getByRole("button", { name: /^Delete this device/ });
  assertEquals(await ask.isDisabled(), true);
  await anna.api.remove("output-targets", target.id);
  await page.getByText("It is used, and can only be deleted").waitFor({ state: "detached" });
  await ask.click();
  const remove = page.getByRole("button", { name: "Delete", exact: true });
  assertEquals(await remove.isDisabled(), true);
  await page.getByLabel(/to confirm/).fill("Shelf");
  const tab = await openTab();
  await enter(tab, `/devices/${shelf!.id}`);
  await heading(tab, "Shelf").waitFor();
  await remove.click();
  await heading(page, "Devices").waitFor();
  await tab.getByText("This device is gone").waitFor();
  await tab.getByRole("link", { name: "Its history" }).click();
  await tab.getByText(/anna\s+deleted/).first().waitFor();
  assertEquals(await anna.api.list("devices"), []);
});

homeTest("somebody who uses the device at the last moment keeps it from being deleted", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, anna, lights: [shelf], expectProblem }) => {
  expectProblem(/status of 409|net::ERR_FAILED/);
  await enter(page, `/devices/${shelf!.id}`);
  // The page is told of nothing more: it has to find out by asking.
  await page.route("**/api/v1/output-targets", (route) => route.abort());
  await page.getByRole("button", { name: /^Delete this device/ }).click();
  await page.getByLabel(/to confirm/).fill("Shelf");
  await anna.api.create("output-targets", { name: "Behind the books", device_id: shelf!.id });
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("It is still used, so it stays").waitFor();
  await page.locator(".device-users, .in-use").getByRole("link", { name: "Behind the books" }).waitFor();
});

homeTest("a light blinks when asked which it is, and it is told when it does not", {
  ...SELDOM,
  names: ["Shelf"],
}, async ({ page, enter, lights: [shelf], expectProblem }) => {
  expectProblem(/status of 50[24]/);
  await enter(page, `/devices/${shelf!.id}`);
  const identify = page.getByRole("button", { name: "Identify" });
  await identify.click();
  await page.getByText("It blinked.").waitFor();
  await page.getByText(/anna\s+made\s+Shelf\s+blink/).waitFor();
  await shelf!.controller.misbehave({ kind: "offline" });
  await identify.click();
  await page.getByText(/Shelf.*does not answer/).waitFor();
});
