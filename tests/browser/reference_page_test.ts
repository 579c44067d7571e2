import { assert, assertEquals, assertNotMatch } from "@std/assert";
import { assertAccessible } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";
import { assertNoSidewaysScroll } from "./support/layout.ts";
import { looksOf } from "./support/looks.ts";

const PAGE = "/api/v1/docs";

for (const look of looksOf("phone", "desk")) {
  browserTest(
    `the description of the API fits and can be read by everybody on a ${look.viewport} in the ${look.theme} theme`,
    { ...look, bundle: false },
    async ({ page }) => {
      await page.goto(PAGE);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    },
  );
}

browserTest(
  "the description of the API allows no script and no style but its own",
  { bundle: false },
  async (visit) => {
    const { page, expectProblem } = visit;
    const policy = (await page.goto(PAGE))?.headers()["content-security-policy"] ?? "";
    assert(policy.includes("default-src 'none'"), policy);
    assertNotMatch(policy, /unsafe|\*|data:/);
    expectProblem(/Content Security Policy/);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.body.append(script);
      document.body.setAttribute("style", "display: none");
    });
    assertEquals(await page.locator("body").isVisible(), true);
    assertEquals(await page.title() === "taken over", false);
  },
);
