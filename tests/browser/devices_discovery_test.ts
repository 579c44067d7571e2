import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { signedInTest } from "./library_home.ts";
import { type Home, homeTest } from "./lights_home.ts";
import { type Air, DISCOVERY, withAir } from "./support/air.ts";
import { assertAccessible } from "./support/axe.ts";
import type { BrowserOptions } from "./support/browser.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";

interface Network extends Home {
  readonly air: Air;
  /** A name that no controller of another test has: those are heard here as well. */
  readonly named: (name: string) => string;
}

/** A test in a home that hears of the devices on this machine's own network. */
function networkTest(sentence: string, options: BrowserOptions, work: (network: Network) => Promise<void>): void {
  const server = { env: { ...DISCOVERY, LUMENLOG_DEVICE_CHECK_SECONDS: "3600" } };
  homeTest(sentence, { names: [], server, ...options }, (home) =>
    withAir((air) => {
      const mark = crypto.randomUUID().slice(0, 8);
      return work({ ...home, air, named: (name) => `${name} ${mark}` });
    }));
}

const section = (page: Page) => page.getByRole("region", { name: "Found on the network" });
const row = (page: Page, name: string) => section(page).getByRole("listitem").filter({ hasText: name });
const select = (page: Page, name: string) =>
  section(page).getByRole("checkbox", { name: `Select ${name}`, exact: true });
const searchNow = (page: Page) => section(page).getByRole("button", { name: "Search now" });

/** All rows, however many other tests have put there. */
async function showAll(page: Page, ...names: readonly string[]): Promise<void> {
  const more = section(page).getByRole("button", { name: /^Show all/ });
  await more.or(row(page, names[0]!)).first().waitFor();
  for (const name of names) {
    await row(page, name).or(more).first().waitFor();
    if (await more.isVisible()) await more.click();
    await row(page, name).waitFor();
  }
}

networkTest("a device that is plugged in is found by itself, and is added with one press", {}, async (
  { page, enter, anna, air, named },
) => {
  const lamp = named("Lamp");
  await enter(page, "/devices");
  await page.getByText("No devices yet").waitFor();
  await air.toggle(lamp);
  await showAll(page, lamp);
  await row(page, lamp).getByText("WLED").waitFor();
  await row(page, lamp).getByText(/^http:\/\/127\.0\.0\.1:\d+$/).waitFor();
  await section(page).getByText(new RegExp(`^Found on the network: .*${lamp}|\\d+ devices`)).first().waitFor({
    state: "attached",
  });
  await page.getByRole("button", { name: `Add ${lamp}`, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByRole("link", { name: "Open it" }).waitFor();
  const device = (await anna.api.list("devices")).find(({ name }) => name === lamp);
  assertEquals(device?.["device_type"], "wled");
  // Whoever works by keyboard is still where they were.
  await section(page).locator("a:focus", { hasText: "Added: open" }).waitFor();
  await page.getByRole("table").getByRole("link", { name: lamp, exact: true }).waitFor();
  await page.getByRole("status").getByRole("link", { name: "Open it" }).click();
  await page.getByRole("heading", { level: 1, name: lamp, exact: true }).waitFor();
  await page.goBack();
  await page.getByRole("table").getByRole("link", { name: lamp, exact: true }).waitFor();
  await row(page, lamp).waitFor({ state: "detached" });
});

networkTest("several are added at once with their tags, and what could not be added is named", {}, async (
  { page, enter, anna, air, named, expectProblem },
) => {
  const names = ["Attic", "Desk", "Hall", "Shelf"].map(named);
  const [attic, desk, hall, shelf] = names as [string, string, string, string]; // as many as there are above
  await air.toggle(...names);
  await enter(page, "/devices");
  await showAll(page, ...names);
  // The page is told of nothing more: it has to find out by asking.
  expectProblem(/ERR_FAILED/);
  await page.route("**/api/v1/devices/discovered", (route) => route.abort());
  const url = await row(page, desk).locator(".found-url").textContent();
  await anna.api.create("devices", { name: "Already here", device_type: "wled", url });
  for (const name of [attic, desk, hall]) await select(page, name).click();
  await section(page).getByText("3 selected").waitFor();
  await page.getByLabel("Tags for what is added").fill("venue, floor 2");
  await section(page).getByRole("button", { name: "Add 3", exact: true }).click();
  await section(page).getByText("2 devices were added. 1 failed.").waitFor();
  const why = await section(page).getByRole("list", { name: "What went wrong" }).getByRole("listitem").textContent();
  assert(why?.includes(desk), why ?? "nothing");
  const devices = (await anna.api.list("devices")).filter(({ name }) => names.includes(name));
  assertEquals(devices.map(({ name, tags }) => [name, tags]), [
    [attic, ["venue", "floor 2"]],
    [hall, ["venue", "floor 2"]],
  ]);
  await page.unroute("**/api/v1/devices/discovered");
  await page.reload();
  await showAll(page, shelf);
  for (const name of [attic, desk, hall]) assertEquals(await row(page, name).count(), 0);
});

networkTest("whatever is plugged in or out, no row moves under the pointer", {}, async (
  { page, enter, air, named },
) => {
  const [desk, attic] = [named("Desk"), named("Attic")];
  await air.toggle(desk);
  await enter(page, "/devices");
  await showAll(page, desk);
  const add = page.getByRole("button", { name: `Add ${desk}`, exact: true });
  await add.hover();
  const before = await add.boundingBox();
  await air.toggle(attic);
  await showAll(page, attic);
  assertEquals(await add.boundingBox(), before);
  await air.toggle(desk);
  await row(page, desk).getByText("Gone").waitFor();
  await page.mouse.move(0, 0);
  await row(page, desk).waitFor({ state: "detached" });
  await row(page, attic).waitFor();
});

networkTest("a search tells who answers, can be stopped, and says when it breaks off", {}, async (
  { page, enter, air, named, expectProblem },
) => {
  const lamp = named("Lamp");
  await air.toggle(lamp);
  await enter(page, "/devices");
  await showAll(page, lamp);
  await searchNow(page).click();
  await section(page).getByText(/^Searching… \d+ answered$/).waitFor();
  await section(page).getByText(/^\d+ devices? answered/).first().waitFor();
  await searchNow(page).click();
  await section(page).getByText("Searching…").first().waitFor();
  await section(page).getByRole("button", { name: "Stop" }).click();
  await section(page).getByText(/^Stopped\./).first().waitFor();

  const contentType = "application/x-ndjson";
  await page.route(
    "**/api/v1/devices/discover",
    (route) => route.fulfill({ contentType, body: '{"type":"device","dev' }),
  );
  await searchNow(page).click();
  await section(page).getByRole("alert").getByText("The server does not answer").waitFor();
  await page.unroute("**/api/v1/devices/discover");
  expectProblem(/status of 503/);
  const json = { type: "unavailable", title: "Unavailable", status: 503, detail: "Cannot search now: too many" };
  await page.route("**/api/v1/devices/discover", (route) => route.fulfill({ status: 503, json }));
  await searchNow(page).click();
  await section(page).getByRole("alert").getByText("Cannot search now: too many").waitFor();
});

networkTest("a search that loses its server on the way says so, and keeps what it found", {}, async (
  { page, enter, air, named, server, expectProblem },
) => {
  expectProblem(/ERR_|WebSocket/);
  const lamp = named("Lamp");
  await air.toggle(lamp);
  await enter(page, "/devices");
  await showAll(page, lamp);
  await searchNow(page).click();
  await section(page).getByText(/^Searching… \d+ answered$/).waitFor();
  await server.stop("SIGKILL");
  await section(page).getByRole("alert").getByText("The search broke off").waitFor();
  await row(page, lamp).waitFor();
});

networkTest("whoever may only look sees what was found, and nothing to press", {}, async (
  { enterAs, air, named },
) => {
  const [lamp, desk] = [named("Lamp"), named("Desk")];
  await air.toggle(lamp, desk);
  const page = await enterAs("guest", "viewer", "/devices");
  await showAll(page, lamp, desk);
  assertEquals(await section(page).getByRole("button", { name: /Add|Search/ }).count(), 0);
  assertEquals(await section(page).getByRole("checkbox").count(), 0);
  assertEquals(await section(page).getByRole("textbox").count(), 0);
});

networkTest("what went wrong while the server was away is not told any more once it is back", {}, async (
  { page, enter, server, expectProblem },
) => {
  expectProblem(/ERR_|WebSocket/);
  await enter(page, "/devices");
  await section(page).getByText(/^(?:Nothing new|Not added here yet)\.$/).waitFor();
  await server.stop("SIGKILL");
  await page.getByText(/^Reconnecting/).first().waitFor();
  await searchNow(page).click();
  // It is said once, also where the list was just being read.
  await section(page).getByRole("alert").getByText(/^Cannot (?:search|tell what is on) the network$/).waitFor();
  assertEquals(await section(page).getByRole("alert").count(), 1);
  await server.start();
  await section(page).getByRole("alert").waitFor({ state: "detached" });
});

homeTest("where nothing can be found one quiet line says why", { names: [] }, async ({ page, enter }) => {
  await enter(page, "/devices");
  await section(page).getByText(/^Discovery is /).waitFor();
  assertEquals(await searchNow(page).count(), 0);
  assertEquals(await page.getByRole("alert").count(), 0);
});

const MARKUP = "<img src=x onerror=alert(1)>";
for (const theme of ["dark", "light"] as const) {
  networkTest(`everybody can read what was found and add it in the ${theme} theme, in any window`, { theme }, async (
    { page, enter, air, named },
  ) => {
    const [long, markup] = [named("x".repeat(50)), named(MARKUP)];
    await air.toggle(long, markup);
    await enter(page, "/devices");
    await showAll(page, long, markup);
    assertEquals(await page.locator("main img").count(), 0);
    await select(page, long).click();
    await section(page).getByText("1 selected").waitFor();
    for (const width of [1440, 820, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    }
  });
}

signedInTest(
  "where searching is switched off the page says so, and offers none",
  { at: "/devices" },
  async ({ page }) => {
    await section(page).getByText("Discovery is switched off").waitFor();
    await page.getByRole("link", { name: "Add device" }).waitFor();
    assertEquals(await section(page).getByRole("button").count(), 0);
  },
);
