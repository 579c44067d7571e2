import { assertEquals } from "@std/assert";
import { activityPage, addressFits, makeFades } from "./support/activity_page.ts";
import { browserTest } from "./support/browser.ts";

for (const viewport of ["desk", "phone"] as const) {
  browserTest(
    `an entry shows all that is known of it, and can be copied, on a ${viewport}`,
    { viewport },
    async (visit) => {
      const { page, api } = visit;
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await makeFades(api, 3);
      const [entry] = await api.entries("q=fade%201");
      const activity = activityPage(page);
      await activity.open();
      await activity.row("Fade 1").locator(".log-time").click();
      const detail = activity.detail();
      for (
        const value of Object.values(entry!).filter((value) =>
          typeof value === "string" && !["entity", "info"].includes(value)
        )
      ) {
        await detail.getByText(String(value), { exact: true }).first().waitFor();
      }
      await detail.getByRole("button", { name: "Copy JSON" }).click();
      await page.getByText("Copied the entry").waitFor();
      assertEquals(await clipboard(), JSON.stringify(entry));
      await detail.getByRole("button", { name: "Copy link" }).click();
      await page.getByText("Copied the link").waitFor();
      await page.goto(await clipboard());
      await detail.getByText(entry!.id).waitFor();
      await detail.getByRole("button", { name: "Close the entry" }).click();
      await detail.waitFor({ state: "detached" });
      await addressFits(page, /\/activity$/);
    },
  );
}

browserTest("one press leads to the same actor, the same entity, or what happened around", {}, async (visit) => {
  const { page, api } = visit;
  const [fade] = await makeFades(api, 2);
  await api.update("gradients", fade!.id, { name: "Sunset" });
  const activity = activityPage(page);
  await activity.open();
  await activity.row("Sunset").locator(".log-time").click();
  await page.getByRole("button", { name: "Same entity" }).click();
  await activity.says("2 entries");
  assertEquals(await activity.words(), ["anonymous changed gradient Sunset", "anonymous added gradient Fade 0"]);
  await page.getByRole("button", { name: "Remove the filter Gradient Sunset" }).click();
  await activity.row("Fade 1").waitFor();
  await page.getByRole("button", { name: "Same actor" }).click();
  await addressFits(page, /actor=anonymous/);
  await activity.row("started the server").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Five minutes around" }).click();
  await activity.row("started the server").waitFor();
  await addressFits(page, /since=.*until=.*entry=/);
});

browserTest("a press on who did it shows all that they did", {}, async ({ page, api }) => {
  await makeFades(api, 2);
  const activity = activityPage(page);
  await activity.open("categories=system,entity");
  await activity.row("started the server").waitFor();
  await activity.row("Fade 1").getByRole("link", { name: "anonymous" }).click();
  await addressFits(page, /categories=entity%2Csystem|categories=system%2Centity/);
  await activity.says("2 entries");
  assertEquals(await activity.words(), ["anonymous added gradient Fade 1", "anonymous added gradient Fade 0"]);
});

browserTest("a link to an entry far down opens it, also when it is not among the rows", {}, async ({ page, api }) => {
  const [first] = await makeFades(api, 70);
  const [old] = await api.entries(`entity_id=${first!.id}`);
  const activity = activityPage(page);
  await activity.open(`entry=${old!.id}`);
  await activity.detail().getByText(old!.id).waitFor();
  await activity.detail().getByRole("heading", { name: "anonymous added gradient Fade 0" }).waitFor();
});

browserTest("a link to an entry that is gone or never was says so", {}, async ({ page, api }) => {
  await makeFades(api, 2);
  const activity = activityPage(page);
  for (const id of ["al_00000000010000000000000000", "al_ZZ", "al_00000ZZZZZ0000000000000000", "<img src=x>"]) {
    await activity.open(`entry=${encodeURIComponent(id)}`);
    await activity.detail().getByText("There is no such entry in this log").waitFor();
  }
});

browserTest(
  "the entry of something that is deleted still reads well, and stays open as new ones come",
  {},
  async (visit) => {
    const { page, api } = visit;
    const [fade] = await makeFades(api, 1);
    const activity = activityPage(page);
    await activity.open();
    await activity.row("Fade 0").locator(".log-time").click();
    await api.remove("gradients", fade!.id);
    await activity.row("deleted gradient Fade 0").waitFor();
    await activity.detail().getByRole("heading", { name: "anonymous added gradient Fade 0" }).waitFor();
    const link = activity.detail().getByRole("link", { name: "Fade 0" }).first();
    assertEquals(await link.getAttribute("href"), `/library/gradients/${fade!.id}`);
  },
);
