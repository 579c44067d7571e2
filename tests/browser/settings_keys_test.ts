import { assertEquals } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { signIn } from "./support/keys.ts";
import { signedInTest } from "./library_home.ts";
import { hasFocus } from "./support/focus.ts";

signedInTest("a key is made, shown once, and opens the door for somebody else", {
  at: "/settings",
}, async ({ page, openBrowser }) => {
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.locator("#key-label:focus").fill("wall-tablet");
  await page.getByLabel("Role").selectOption("operator");
  await page.getByLabel("Last day").fill("2199-12-31");
  await page.getByRole("button", { name: "Make key" }).click();
  const token = await page.getByLabel("Key", { exact: true }).inputValue();
  await page.getByRole("button", { name: "I have stored it" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "wall-tablet" });
  await row.getByText("expires on 2199-12-31").waitFor();
  assertEquals((await page.content()).includes(token), false);
  const tablet = await openBrowser();
  await tablet.goto("/library");
  await signIn(tablet, token);
  await tablet.getByText("wall-tablet operator").waitFor();
});

signedInTest("a label that was used before is refused beside its field", {
  at: "/settings/keys",
}, async ({ page, owner: { api }, expectProblem }) => {
  expectProblem(/status of 409/);
  await api.createKey({ label: "guest" });
  await api.revokeKey("guest");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Label").fill("guest");
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByText("Is, or was, in use").waitFor();
  await hasFocus(page, "key-label");
});

signedInTest("the last admin stays as long as there are other keys, and the page says why", {
  at: "/settings/keys",
}, async ({ page, owner: { api }, expectProblem }) => {
  expectProblem(/status of 409/);
  await api.createKey({ label: "guest" });
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "you, now" });
  await row.getByRole("button", { name: "Revoke this key…" }).click();
  await row.getByLabel("to confirm").fill("owner");
  await row.getByRole("button", { name: /^Revoke (?!this)/ }).click();
  await row.getByText("it is the last admin").waitFor();
  assertEquals((await api.entries("q=key_revoked")).length, 0);
});

signedInTest("a key that somebody else has is revoked by typing its label", {
  at: "/settings/keys",
}, async ({ page, owner: { api } }) => {
  await api.createKey({ label: "guest" });
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "guest" });
  await row.getByText("never used").waitFor();
  await row.getByRole("button", { name: "Revoke this key…" }).click();
  await row.getByLabel("to confirm").fill("guest");
  await row.getByRole("button", { name: /^Revoke (?!this)/ }).click();
  await row.waitFor({ state: "detached" });
  assertEquals((await api.entries("q=key_revoked"))[0]?.metadata["key_label"], "guest");
});

browserTest("keys of the environment are shown, and where they are taken out", {
  server: { env: { LUMENLOG_API_KEYS: "desk:admin:a-token-of-the-environment" } },
}, async ({ page }) => {
  await page.goto("/settings/keys");
  await signIn(page, "a-token-of-the-environment");
  const row = page.getByRole("listitem").filter({ hasText: "you, now" });
  await row.getByText("declared by the environment").waitFor();
  await row.getByText("LUMENLOG_API_KEYS").waitFor();
  assertEquals(await row.getByRole("button").count(), 0);
});

signedInTest(
  "a key revoked in another tab asks for another one, and brings back the address, but nobody else's words",
  {
    at: "/library",
  },
  async ({ page, owner: { api }, openBrowser, expectProblem }) => {
    expectProblem(/status of 401/);
    const tablet = await openBrowser();
    const first = await api.createKey({ label: "tablet", role: "operator" });
    const second = await api.createKey({ label: "tablet-2", role: "viewer" });
    const { id } = await api.create("gradients", { name: "Sunset" });
    await tablet.goto(`/library/gradients/${id}`);
    await signIn(tablet, first);
    await tablet.getByLabel("Description").fill("Half a sentence");

    await page.goto("/settings/keys");
    const row = page.getByRole("listitem").filter({ hasText: "tablet" }).first();
    await row.getByRole("button", { name: "Revoke this key…" }).click();
    await row.getByLabel("to confirm").fill("tablet");
    await row.getByRole("button", { name: /^Revoke (?!this)/ }).click();

    await tablet.getByText("The key was revoked.").waitFor();
    await assertAccessible(tablet);
    await signIn(tablet, second);
    assertEquals(new URL(tablet.url()).pathname, `/library/gradients/${id}`);
    await tablet.getByText("Operators and admins can do this").first().waitFor();
    assertEquals(await tablet.getByLabel("Description").inputValue(), "");
    await tablet.getByRole("link", { name: "Scenes", exact: true }).click();
    await tablet.waitForURL("**/scenes");
    await tablet.getByText("No scenes yet").waitFor();
    assertEquals(await tablet.getByRole("link", { name: /^Add/ }).count(), 0);
  },
);

signedInTest("whoever signs out in another tab finds what they had typed when they come back", {
  at: "/settings/keys",
}, async ({ owner: { api, token }, openBrowser, expectProblem }) => {
  expectProblem(/status of 401/);
  const { id } = await api.create("gradients", { name: "Sunset" });
  const page = await openBrowser();
  await page.goto(`/library/gradients/${id}`);
  await page.getByLabel("Stay signed in").check();
  await signIn(page, token);
  await page.locator("main:focus").waitFor();
  await page.getByLabel("Description").fill("Half a sentence");
  const tab = await page.context().newPage();
  await tab.goto("/settings");
  await tab.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You signed out in another tab.").waitFor();
  await signIn(page, token);
  await page.getByText("Discard changes").waitFor();
  assertEquals(await page.getByLabel("Description").inputValue(), "Half a sentence");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Nothing changed").waitFor();
  assertEquals((await api.list("gradients"))[0]?.["description"], "Half a sentence");
});

signedInTest(
  "the theme is chosen for this device, and who signs out is gone",
  { at: "/settings/appearance" },
  async ({ page }) => {
    await page.getByLabel("Light", { exact: true }).check();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.reload();
    assertEquals(await ground(), light);
    assertEquals(await page.getByLabel("Light", { exact: true }).isChecked(), true);
    await page.getByLabel("Dark").check();
    assertEquals(await ground() === light, false);
    await page.goto("/settings");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.locator("input[name=key]").waitFor();
    await page.reload();
    await page.locator("input[name=key]").waitFor();
  },
);

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can use the settings on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: "/settings" },
    async ({ page, owner: { api } }) => {
      await api.createKey({ label: "x".repeat(64), role: "operator" });
      await page.reload();
      const signs = [["keys", "Make a key"], ["appearance", "Theme"], ["about", "Every change is stored"]] as const;
      for (const [section, sign] of signs) {
        await page.goto(`/settings/${section}`);
        await page.getByText(sign).first().waitFor();
        await assertAccessible(page);
        await assertNoSidewaysScroll(page);
      }
      await page.goto("/settings/keys");
      await page.getByRole("button", { name: "Make a key" }).click();
      await page.getByRole("button", { name: "Revoke this key…" }).first().click();
      await assertAccessible(page);
      await assertNoSidewaysScroll(page);
    },
  );
}
