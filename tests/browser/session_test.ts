import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest } from "./support/browser.ts";
import { makeFirstKey, signIn } from "./support/keys.ts";
import { SERVER_GONE } from "./support/problems.ts";

const badge = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("status");
const live = (page: Page) => badge(page).getByText("Live", { exact: true }).waitFor();
const away = (page: Page) => badge(page).getByText(/^Reconnecting/).waitFor();

browserTest(
  "a server that hangs is noticed, and so is one that is back",
  {},
  async ({ page, server, expectProblem }) => {
    const { token } = await makeFirstKey(server);
    await page.goto("/settings/about");
    await signIn(page, token);
    await live(page);
    Deno.kill(server.pid(), "SIGSTOP");
    try {
      // As when a phone wakes up.
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await away(page);
    } finally {
      Deno.kill(server.pid(), "SIGCONT");
    }
    await live(page);
    expectProblem(SERVER_GONE);
  },
);

browserTest("a network that is gone is told at once", {}, async ({ page, server, expectProblem }) => {
  expectProblem(/net::ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const { token } = await makeFirstKey(server);
  await page.goto("/activity");
  await signIn(page, token);
  await live(page);
  await page.context().setOffline(true);
  await away(page);
  await page.context().setOffline(false);
  await live(page);
});

browserTest("whoever signs out on this device is out in every tab that kept the key there", {}, async ({
  page,
  server,
  openTab,
}) => {
  const { token } = await makeFirstKey(server);
  await page.goto("/settings/keys");
  await page.getByLabel("Stay signed in on this device").check();
  await signIn(page, token);
  const other = await openTab();
  await other.goto("/activity");
  await live(other);
  await page.getByRole("button", { name: "Sign out" }).click();
  await other.getByText("You signed out in another tab.").waitFor();
  await signIn(other, token);
  await other.getByRole("heading", { name: "Activity" }).waitFor();
});

browserTest("a key with quotes or other odd characters around it is refused like any other", {}, async ({
  page,
  server,
  expectProblem,
}) => {
  expectProblem(/status of 401/);
  const { token } = await makeFirstKey(server);
  await page.goto("/");
  for (const odd of [`“${token}”`, `\u200b${token}`, `${token}💡`]) {
    await page.locator("input[name=key]").fill(odd);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("form").getByText(/key/i).last().waitFor();
    await page.getByRole("button", { name: "Sign in" }).and(page.locator(":enabled")).waitFor();
  }
  await signIn(page, token);
});

browserTest("keys of one character can be switched off, and stay off", {}, async ({ page, server }) => {
  const { token } = await makeFirstKey(server);
  await page.goto("/settings/appearance");
  await signIn(page, token);
  const help = page.getByRole("complementary", { name: "Keys" });
  await page.keyboard.press("?");
  await help.waitFor();
  await page.keyboard.press("?");
  await help.waitFor({ state: "detached" });
  await page.getByLabel("Keys of one character").uncheck();
  await page.reload();
  await page.getByLabel("Keys of one character").and(page.locator(":not(:checked)")).waitFor();
  await page.keyboard.press("?");
  await page.keyboard.press("Alt+7");
  await page.getByRole("heading", { name: "Activity" }).waitFor();
  assertEquals(await help.count(), 0);
});

browserTest("a key that expires while the page is open leads to the sign-in, and back to the same address", {}, async ({
  page,
  server,
}) => {
  const owner = await makeFirstKey(server);
  const soon = new Date(Date.now() + 4000).toISOString();
  const guest = await owner.api.createKey({ label: "guest", role: "viewer", expires_at: soon });
  await page.goto("/activity?categories=auth");
  await signIn(page, guest);
  await page.getByText("The key has expired.").waitFor();
  await signIn(page, owner.token);
  await page.getByRole("heading", { name: "Activity" }).waitFor();
  assertEquals(new URL(page.url()).search, "?categories=auth");
});
