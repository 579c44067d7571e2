import type { Locator, Page } from "playwright-core";
import type { ApiClient, Entity } from "../../runtime/api_client.ts";
import { eventually } from "../../runtime/waiting.ts";

/** The activity page as somebody sees it. */
export interface ActivityPage {
  open(query?: string): Promise<void>;
  /** The row that reads so, in part. */
  row(text: string): Locator;
  /** The words of the rows that are drawn, from the top. */
  words(): Promise<readonly string[]>;
  /** The words and the height in the window of the first row that can be seen whole. */
  firstInSight(): Promise<{ readonly words: string; readonly top: number } | undefined>;
  readonly pill: Locator;
  /** Waits until the page says so above the rows. */
  says(text: string): Promise<void>;
  detail(): Locator;
}

export function activityPage(page: Page): ActivityPage {
  const row = (text: string) => page.locator(".log-row", { hasText: text });
  return {
    open: async (query = "") => {
      await page.goto(`/activity${query === "" ? "" : `?${query}`}`);
      await page.locator(".log-flow", { hasText: /^Live$/ }).waitFor();
      await page.locator(".log-total", { hasText: /entry|entries|Not read/ }).waitFor();
    },
    row,
    words: async () => {
      const rows = await page.locator(".log-row").evaluateAll((all) =>
        all.map((each) => [each.getBoundingClientRect().top, each.querySelector(".log-words")?.textContent] as const)
      );
      return rows.sort(([a], [b]) => a - b).map(([, words]) => words?.trim() ?? "");
    },
    firstInSight: () =>
      page.evaluate(() => {
        const ceiling = document.querySelector(".log-status")!.getBoundingClientRect().bottom + 32;
        const seen = [...document.querySelectorAll(".log-row")].map((each) => ({
          words: each.querySelector(".log-words")?.textContent ?? "",
          top: each.getBoundingClientRect().top,
        })).filter(({ top }) => top >= ceiling);
        return seen.sort((a, b) => a.top - b.top)[0];
      }),
    pill: page.locator(".log-pill"),
    says: (text) => page.locator(".log-status", { hasText: new RegExp(`(?<!\\d)${text}`) }).waitFor(),
    detail: () => page.locator(".entry-detail"),
  };
}

/** So many gradients called `Fade 0`, `Fade 1` …: an entry each. */
export async function makeFades(api: ApiClient, count: number): Promise<readonly Entity[]> {
  const made: Entity[] = [];
  for (let i = 0; i < count; i++) made.push(await api.create("gradients", { name: `Fade ${i}` }));
  return made;
}

/** How long a short log is once so many pages have connected: that goes on record a little after they are drawn. */
export const sizeOnceConnected = (api: ApiClient, pages: number): Promise<number> =>
  eventually(`${pages} connected pages on record`, async () => {
    const connected = await api.entries("actions=auth.ws_connected&limit=200");
    return connected.length < pages ? undefined : (await api.entries("limit=200")).length;
  });

/** Waits until the address of the page fits. */
export const addressFits = (page: Page, fits: RegExp): Promise<true> =>
  eventually(`an address like ${fits}`, () => Promise.resolve(fits.test(page.url()) ? true : undefined));
