import { assertEquals } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";
import { HOSTILE, seedChain, signedInTest } from "./library_home.ts";

const NARROWEST = { width: 320, height: 640 };

for (const look of looksOf("phone", "desk")) {
  signedInTest(
    `everybody can use the library and its editors on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, at: "/library" },
    async ({ page, owner: { api } }) => {
      const made = await seedChain(api);
      const pages = [
        ["/library", "Output targets"],
        ["/library/gradients", "Sunset"],
        ["/library/audio-sources", "No audio sources yet"],
        ["/library/color-strip-sources/new", "Description"],
        ["/scenes", "Sunset"],
        ["/automations", "Sunset"],
        [`/library/gradients/${made.gradient.id}`, "Nothing changed"],
        [`/library/color-strip-sources/${made.strip.id}`, "Nothing changed"],
        [`/library/output-targets/${made.target.id}`, "Nothing changed"],
        [`/library/scene-presets/${made.scene.id}`, "Nothing changed"],
        [`/library/scene-playlists/${made.playlist.id}`, "Nothing changed"],
        [`/library/automations/${made.automation.id}`, "Nothing changed"],
        [`/library/templates/${made.template.id}`, "Nothing changed"],
      ] as const;
      for (const [path, sign] of pages) {
        await page.goto(path);
        await page.locator("main").getByText(sign).first().waitFor();
        await page.locator(".skeleton").waitFor({ state: "detached" });
        await assertAccessible(page);
        await assertNoSidewaysScroll(page);
      }
      await page.getByRole("button", { name: "Delete this template…" }).click();
      await page.getByLabel("Name").fill("changed");
      await assertAccessible(page);
    },
  );
}

signedInTest("names that are markup, 256 emoji or right to left are only names, at 320 px too", {
  at: "/library",
  viewport: "phone",
}, async ({ page, owner: { api } }) => {
  await page.setViewportSize(NARROWEST);
  page.on("dialog", () => {
    throw new Error("a name was run as a script");
  });
  for (const name of Object.values(HOSTILE)) {
    const { gradient, strip, automation, scene } = await seedChain(api, name);
    const paths = [
      `/library/gradients/${gradient.id}`,
      `/library/color-strip-sources/${strip.id}`,
      `/library/automations/${automation.id}`,
      `/library/scene-presets/${scene.id}`,
    ];
    for (const path of paths) {
      await page.goto(path);
      await page.getByText("Nothing changed").waitFor();
      assertEquals(await page.locator("h1").textContent(), name);
      await page.getByRole("button", { name: "Delete this" }).click();
      await assertNoSidewaysScroll(page);
    }
  }
  for (const path of ["/library", "/library/gradients", "/scenes", "/automations"]) {
    await page.goto(path);
    await page.locator("main li").first().waitFor();
    await assertNoSidewaysScroll(page);
  }
  assertEquals(await page.locator("main img").count(), 0);
});
