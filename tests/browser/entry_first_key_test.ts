import { assertEquals, assertMatch } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";

const SHUT_OUT = /status of 401/;

browserTest("the first key is made on the first page, shown once, and then names who did what", {}, async (visit) => {
  const { page, server, openTab, expectProblem } = visit;
  expectProblem(SHUT_OUT);
  const other = await openTab();
  await other.goto("/library");
  await other.getByText("Gradients").waitFor();

  await page.goto("/");
  await page.waitForURL("**/welcome");
  await page.getByLabel("Label").fill("de sk");
  await page.getByRole("button", { name: "Make the first key" }).click();
  await page.getByText("Only letters, digits").waitFor();
  await page.getByLabel("Label").fill("desk");
  await page.getByRole("button", { name: "Make the first key" }).click();
  const field = page.getByLabel("Key", { exact: true });
  await field.waitFor();
  const token = await field.inputValue();
  assertMatch(token, /\S{16,}/);
  assertEquals(page.url().includes(token), false);
  const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assertEquals((await kept()).includes(token), false);

  // The other tab of the same machine is asked for a key now, and told why.
  await other.getByText("A key is needed now").waitFor();
  // This one stays until the key is stored, whatever is pressed.
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByText("Store the key first").waitFor();
  assertEquals(await field.inputValue(), token);

  await page.getByRole("button", { name: "I have stored it" }).click();
  await page.getByText("desk admin").waitFor();
  await page.waitForURL(/\/$/);
  assertEquals((await page.content()).includes(token), false);
  const api = createApiClient(server.url, token);
  await page.goto("/library/sync-clocks/new");
  await page.getByLabel("Name").fill("Beat");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Nothing changed").waitFor();
  assertEquals((await api.entries("entity_type=sync_clock")).map(({ actor }) => actor), ["desk"]);

  await other.locator("input[name=key]").fill(token);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByText("desk admin").waitFor();
  assertEquals(new URL(other.url()).pathname, "/library");
});

browserTest("whoever looks around first is not asked again", {}, async ({ page }) => {
  await page.goto("/");
  await page.waitForURL("**/welcome");
  await page.getByRole("button", { name: "Look around first" }).click();
  await page.waitForURL(/\/$/);
  await page.goto("/");
  await page.getByText("anonymous admin").waitFor();
  assertEquals(new URL(page.url()).pathname, "/");
});

browserTest("the copy of the first key can be taken with a button", {}, async ({ page, expectProblem }) => {
  expectProblem(SHUT_OUT);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/welcome");
  await page.getByLabel("Label").fill("desk");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied").waitFor();
  const token = await page.getByLabel("Key", { exact: true }).inputValue();
  assertEquals(await page.evaluate(() => navigator.clipboard.readText()), token);
});

for (const look of looksOf("phone", "desk")) {
  browserTest(
    `everybody can come in for the first time on a ${look.viewport} in the ${look.theme} theme`,
    look,
    async ({ page, openTab, expectProblem }) => {
      expectProblem(SHUT_OUT);
      const other = await openTab();
      await other.goto("/library");
      await page.goto("/welcome");
      await page.getByRole("button", { name: "Make the first key" }).click();
      await page.getByText("Give it a label first.").waitFor();
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
      await page.getByLabel("Label").fill("a".repeat(64));
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Copy" }).waitFor();
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
      await other.locator("input[name=key]").fill("not-a-key-of-this-server");
      await other.getByRole("button", { name: "Sign in" }).click();
      await other.getByText("This server does not know this key").waitFor();
      await assertAccessible(other);
      await assertNoSidewaysScroll(other);
    },
  );
}
