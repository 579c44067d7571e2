import type { Page } from "playwright-core";
export const shoot = async (page: Page, name: string) =>
  void await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
