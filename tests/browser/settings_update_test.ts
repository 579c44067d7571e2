import { assertEquals } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { signIn } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { SERVER_GONE } from "./support/problems.ts";
import { signedInTest } from "./library_home.ts";
import { NEXT, updatingTest } from "./updating_server.ts";

const AT = "/settings/updates";

signedInTest(
  "where the server cannot update itself the page says why, and offers nothing",
  { at: AT },
  async ({ page }) => {
    await page.getByText("This server does not run from the one-file program").waitFor();
    assertEquals(await page.locator("main").getByRole("button").count(), 0);
    await assertAccessible(page);
  },
);

updatingTest("a new version is found, refused and installed, by the keyboard", {}, async (visit) => {
  const { page, server, owner: { api }, expectProblem, letThrough } = visit;
  expectProblem(SERVER_GONE);
  expectProblem(/status of 503/);
  const press = async (name: string) => {
    await page.getByRole("button", { name }).focus();
    await page.keyboard.press("Enter");
  };
  await page.getByText("Not checked for updates yet.").waitFor();
  await press("Check now");
  await page.getByText(`Version ${NEXT} is there.`).waitFor();
  await page.getByText("Released on 2026-11-01 · 200 kB").waitFor();
  assertEquals(await page.locator(".update-notes").innerText(), "Quieter nights.\n<b>Not bold</b>");
  await press("Not this version");
  await page.getByText(`Version ${NEXT} is there; somebody did not want it.`).waitFor();
  await press("Install and restart");
  await page.getByText(`Downloading version ${NEXT}…`).waitFor();
  await page.getByRole("progressbar", { name: "Downloaded" }).waitFor();
  await page.getByText("100 kB of 200 kB").waitFor();
  await assertAccessible(page);
  letThrough();
  await page.locator(".server-news-open").waitFor();
  await server.stop();
  await server.start();
  await page.getByText("The server is back").waitFor();
  const records = await api.entries("actions=update.applied,update.dismissed");
  assertEquals(records.map(({ actor, action }) => [actor, action]), [
    ["owner", "update.applied"],
    ["owner", "update.dismissed"],
  ]);
});

updatingTest("what fails on the way is told, and can be tried again", {}, async ({ page, releases }) => {
  releases.list("no list at all");
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("button", { name: "Check now" }).waitFor();
});

updatingTest("how it is looked for updates is set, and stays", {}, async ({ page, owner: { api } }) => {
  await page.getByRole("switch", { name: "Look once a day" }).uncheck();
  await page.getByLabel("Also versions that are not finished").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved the settings of updates").waitFor();
  assertEquals((await api.call("GET", "/api/v1/update/settings")).json, { check_daily: false, channel: "pre" });
});

updatingTest(
  "a viewer sees how an update stands, and starts none",
  {},
  async ({ page, owner: { api }, openBrowser }) => {
    await page.getByRole("button", { name: "Check now" }).click();
    await page.getByText(`Version ${NEXT} is there.`).waitFor();
    const other = await openBrowser();
    await other.goto(AT);
    await signIn(other, await api.createKey({ label: "guest", role: "viewer" }));
    await other.getByText(`Version ${NEXT} is there.`).waitFor();
    await other.getByText("Admins can do this; your key has the role viewer.").waitFor();
    assertEquals(await other.getByRole("switch", { name: "Look once a day" }).isDisabled(), true);
    assertEquals(await other.locator("main").getByRole("button").count(), 0);
  },
);

signedInTest(
  "when another version of the server comes back, the page offers to be loaded anew, and does not do it by itself",
  { at: "/library/gradients/new" },
  async ({ page, server, expectProblem }) => {
    expectProblem(SERVER_GONE);
    await page.getByLabel("Name").fill("Half a thought");
    await server.stop();
    // The same server, but for what it says of its version.
    await page.route("**/health", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...await answer.json(), version: "9.1.0" } });
    });
    await server.start();
    await page.getByText("The server is version 9.1.0 now").waitFor();
    assertEquals(await page.getByLabel("Name").inputValue(), "Half a thought");
    await assertAccessible(page);
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByLabel("Name").and(page.locator(":not([value='Half a thought'])")).waitFor();
    await page.locator(".live-live").waitFor();
    assertEquals(await page.locator(".server-news-open").count(), 0);
  },
);

for (const look of looksOf("phone", "desk")) {
  updatingTest(
    `everybody can use the page of the updates on a ${look.viewport} in the ${look.theme} theme`,
    look,
    async ({ page }) => {
      await page.getByRole("button", { name: "Check now" }).click();
      await page.getByText(`Version ${NEXT} is there.`).waitFor();
      await page.getByRole("switch", { name: "Look once a day" }).waitFor();
      await assertAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    },
  );
}
