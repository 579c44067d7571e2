import { signIn } from "./support/keys.ts";
import { assertAccessible } from "./support/axe.ts";
import { liveAnEvening } from "./support/evening.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import type { Theme } from "./support/looks.ts";
import { demoTest } from "./support/visit_demo.ts";

const THEMES: readonly Theme[] = ["dark", "light"];
const NARROWEST = { width: 320, height: 640 };

demoTest("everybody can use every page, in both themes, also in the narrowest window", async ({ demo, open }) => {
  for (const theme of THEMES) {
    const page = await (await open({ theme })).newPage();
    await page.goto("/welcome");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await assertAccessible(page);
  }
  const { token, paths } = await liveAnEvening(demo);
  for (const theme of THEMES) {
    const page = await (await open({ theme })).newPage();
    await page.goto("/");
    await page.locator("input[name=key]").waitFor();
    await assertAccessible(page);
    await signIn(page, token);
    for (const path of Object.values(paths)) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await assertAccessible(page);
      if (theme !== "dark") continue;
      const { width, height } = page.viewportSize()!;
      await page.setViewportSize(NARROWEST);
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
      await page.setViewportSize({ width, height });
    }
  }
});
