import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";

/** Nothing of the page stands out to the right of the window. What scrolls inside the page may be wider. */
export async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const found = await page.evaluate(() => document.documentElement.scrollWidth);
  if (found > width) {
    assertEquals(found, width, `${page.url()} is wider than its window:\n${await widest(page, width)}`);
  }
}

async function widest(page: Page, width: number): Promise<string> {
  const places = await page.evaluate((width) => {
    const wide = [...document.querySelectorAll("body *")].filter((it) =>
      it.getBoundingClientRect().right > width + 0.5
    );
    return wide.slice(0, 8).map((it) => `  ${it.outerHTML.slice(0, 120)}`);
  }, width);
  return places.join("\n");
}
