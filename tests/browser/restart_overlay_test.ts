import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { eventually } from "../runtime/waiting.ts";
import { activityPage, makeFades } from "./support/activity_page.ts";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { SERVER_GONE } from "./support/problems.ts";
import { signedInTest } from "./library_home.ts";

/** The server begins anew inside its process, so that the test starts nothing itself. */
const server = { env: { LUMENLOG_SUPERVISED: "no" } };
/** What comes while it restarts is answered so, and asked again. */
const AWAY = /status of 503/;
const BACK = "The server is back";

signedInTest(
  "a restart is told of and over by itself; what was being typed goes on",
  { at: "/library/gradients/new", server },
  async ({ page, owner: { api }, expectProblem }) => {
    expectProblem(SERVER_GONE);
    expectProblem(AWAY);
    const name = page.getByLabel("Name");
    await name.fill("Half a thou");
    const place = () => page.locator("main h1").boundingBox();
    const before = await place();
    const told = page.getByRole("status").filter({ hasText: "The server is restarting." }).waitFor();
    await api.call("POST", "/api/v1/system/restart");
    await told;
    assertEquals(await place(), before);
    await page.getByText(BACK).waitFor();
    assertEquals(await page.locator(".server-news-open").count(), 0);
    await page.locator("input:focus").and(name).pressSequentially("ght");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("Nothing changed").waitFor();
    assertEquals((await api.list("gradients")).map(({ name }) => name), ["Half a thought"]);
  },
);

signedInTest("over restarts the log misses nothing and shows nothing twice", { at: "/", server }, async (visit) => {
  const { page, owner: { api }, expectProblem } = visit;
  expectProblem(SERVER_GONE);
  expectProblem(AWAY);
  const activity = activityPage(page);
  await activity.open("categories=entity,system");
  for (let round = 0; round < 3; round++) {
    await makeFades(api, 1);
    await api.call("POST", "/api/v1/system/restart");
    await eventually("the server to be back", async () => {
      const { length } = await api.entries("actions=server.started").catch(() => []);
      return length === round + 2 ? true : undefined;
    });
    await api.create("gradients", { name: `After ${round}` });
    await api.remove("gradients", (await api.list("gradients")).find(({ name }) => name === "Fade 0")!.id);
  }
  const stored = async () => (await api.entries("categories=entity,system&limit=200")).length;
  await eventually(
    "every entry on the page",
    async () => (await activity.words()).length === await stored() ? true : undefined,
  );
});

signedInTest(
  "a server that was shut down is told of, and found again once it runs",
  { at: "/devices" },
  async (visit) => {
    const { page, server, owner: { api }, expectProblem } = visit;
    expectProblem(SERVER_GONE);
    expectProblem(AWAY);
    await api.call("POST", "/api/v1/system/shutdown");
    await page.getByText("The server was shut down.").waitFor();
    await page.getByText(/^\d+ s$/).waitFor();
    await server.stop();
    await page.getByRole("button", { name: "Try now" }).waitFor();
    await server.start();
    await page.getByText(BACK).waitFor();
    assertEquals(await page.locator(".server-news-open").count(), 0);
  },
);

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can read that the server is away, on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: "/settings/server" },
    async ({ page, server, owner: { api }, expectProblem }) => {
      expectProblem(SERVER_GONE);
      expectProblem(AWAY);
      await page.getByRole("button", { name: "Shut down…" }).waitFor();
      await page.getByRole("button", { name: "Save" }).waitFor();
      await api.call("POST", "/api/v1/system/shutdown");
      await page.getByText("The server was shut down.").waitFor();
      await server.stop();
      await page.locator(".live-reconnecting").waitFor({ state: "attached" });
      await assertCanBeReached(page);
      await assertAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page);
      await assertCanBeReached(page);
      await assertAccessible(page);
    },
  );
}

/** The last button of the page can be brought above what stands over the lower edge. */
async function assertCanBeReached(page: Page): Promise<void> {
  const last = page.getByRole("button", { name: "Save" });
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const [button, news] = await Promise.all([last.boundingBox(), page.locator(".server-news-open").boundingBox()]);
  const lowest = (button?.y ?? Infinity) + (button?.height ?? 0);
  assert(lowest <= (news?.y ?? 0), `the last button ends at ${lowest}, under what begins at ${news?.y}`);
}
