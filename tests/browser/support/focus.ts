import type { Page } from "playwright-core";
import { eventually } from "../../runtime/waiting.ts";

/** Waits until the element with this id has the focus: it comes with the frame after what it follows. */
export const hasFocus = (page: Page, id: string): Promise<void> => page.locator(`[id="${id}"]:focus`).waitFor();

/** The words of the activity row with the focus. */
export const focusedRow = (page: Page) =>
  page.evaluate(() => document.querySelector(".log-row:focus .log-words")?.textContent?.trim());

/** Waits until the activity row with these words has the focus. */
export const rowHasFocus = async (page: Page, words: string | undefined): Promise<void> =>
  void await eventually(
    `the focus on "${words}"`,
    async () => await focusedRow(page) === words ? true : undefined,
    20_000,
  );
