import { assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { activityPage, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";
import { SERVER_GONE } from "./support/problems.ts";

browserTest("after a power cut and a restart no entry is missing and none is there twice", {}, async (visit) => {
  const { page, server, api, expectProblem } = visit;
  expectProblem(SERVER_GONE);
  await makeFades(api, 10);
  const activity = activityPage(page);
  await activity.open("categories=entity");
  await activity.says("10 entries");
  for (const [round, signal] of (["SIGKILL", "SIGTERM", "SIGKILL"] as const).entries()) {
    await api.create("gradients", { name: `Before ${round}` });
    await server.stop(signal);
    await activity.says("Reconnecting, away since");
    await server.start();
    await api.create("gradients", { name: `Away ${round}` });
    await activity.says("Live");
    await api.create("gradients", { name: `After ${round}` });
    const stored = (await api.entries("categories=entity&limit=200")).map(({ entity_name }) =>
      `anonymous added gradient ${entity_name}`
    );
    await eventually("the page to show all of the log", async () => {
      const words = await activity.words();
      return words.length >= stored.length ? words : undefined;
    });
    assertEquals(await activity.words(), stored);
  }
  await activity.says("19 entries");
});
