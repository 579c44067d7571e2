import { assertEquals } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { signIn } from "./support/keys.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { SERVER_GONE } from "./support/problems.ts";
import { signedInTest } from "./library_home.ts";

const AT = "/settings/server";
const ACTION = "/api/v1/system/shutdown-action";
const server = { env: { LUMENLOG_SUPERVISED: "no" } };

signedInTest("the server is restarted by the keyboard, and that is on record", { at: AT, server }, async (visit) => {
  const { page, owner: { api }, expectProblem } = visit;
  expectProblem(SERVER_GONE);
  expectProblem(/status of 503/);
  await page.getByText("started again within its process").waitFor();
  const opener = page.getByRole("button", { name: "Restart…" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("form", { name: "Restart" }).getByRole("textbox").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await opener.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("restart");
  const told = page.getByText("The server is restarting.").waitFor();
  await page.keyboard.press("Enter");
  await told;
  await page.getByText("The server is back").waitFor();
  await opener.and(page.locator(":focus")).waitFor();
  const [asked] = await api.entries("actions=server.restarting");
  assertEquals([asked?.actor, (await api.entries("actions=server.started")).length], ["owner", 2]);
});

signedInTest("a shutdown asks for a word and says who starts the server again", { at: AT }, async (visit) => {
  const { page, server, expectProblem } = visit;
  expectProblem(SERVER_GONE);
  expectProblem(/status of 503/);
  await page.getByRole("button", { name: "Shut down…" }).click();
  const form = page.getByRole("form", { name: "Shut down" });
  await page.getByText("until its service manager or container starts it").waitFor();
  assertEquals(await form.getByRole("button", { name: "Shut down" }).isDisabled(), true);
  await form.getByRole("textbox").fill("shut down");
  await form.getByRole("button", { name: "Shut down" }).click();
  await page.getByText("The server was shut down.").waitFor();
  await server.stop();
  await server.start();
  await page.getByText("The server is back").waitFor();
});

signedInTest("what becomes of the lights is chosen and stays", { at: AT }, async ({ page, owner: { api } }) => {
  assertEquals((await api.call("GET", ACTION)).json, { action: "stop_targets" });
  const save = page.getByRole("button", { name: "Save" });
  await page.getByRole("radio", { name: "Stop what runs on the lights" }).and(page.locator(":checked")).focus();
  assertEquals(await save.getAttribute("aria-disabled"), "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("Saved the settings of shutting down").waitFor();
  assertEquals((await api.call("GET", ACTION)).json, { action: "leave" });
  await page.reload();
  await page.getByRole("radio", { name: "Leave the lights as they are" }).and(page.locator(":checked")).waitFor();
});

signedInTest("who is no admin is told so", { at: AT }, async ({ owner: { api }, openBrowser }) => {
  const page = await openBrowser();
  await page.goto(AT);
  await signIn(page, await api.createKey({ label: "guest", role: "operator" }));
  await page.getByText("Admins can do this; your key has the role operator.").waitFor();
  assertEquals(await page.getByRole("button", { name: /Restart|Shut|Save/ }).count(), 0);
});

signedInTest("what runs here is told, and how it is started again", { at: "/settings/about" }, async ({ page }) => {
  for (const words of [/^Deno /, "A file on its own disk", "by its service manager or container"]) {
    await page.getByRole("definition").filter({ hasText: words }).waitFor();
  }
});

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can use the page of the server on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: AT },
    async ({ page }) => {
      await page.getByRole("button", { name: "Shut down…" }).click();
      await page.getByRole("radio", { name: "Leave the lights as they are" }).waitFor();
      await assertAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    },
  );
}
