import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Browser, Page } from "playwright-core";
import type { TestServer } from "./server.ts";

const FOLDER = join(tmpdir(), `lumenlog-browser-failures-${Deno.uid() ?? "user"}`);
const MOST_TEXT = 3000;
const GLANCE_MS = 10_000;

export interface Scene {
  readonly browser: Browser;
  readonly server: Pick<TestServer, "stderr">;
  readonly problems: readonly string[];
  /** For the screenshots. */
  readonly folder: string | undefined;
}

/** The error of a test, together with what was to be seen at that time. */
export async function failureOf(cause: unknown, { browser, server, problems, folder = FOLDER }: Scene): Promise<Error> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const parts = [
    stripVTControlCharacters(cause instanceof Error ? cause.message : String(cause)),
    ...problems.map((problem) => `Problem in the page: ${problem}`),
    ...await Promise.all(pages.map((page) => describePage(page, folder))),
    `The server said: ${server.stderr() || "nothing"}`,
  ];
  return new Error(parts.join("\n\n"), { cause });
}

/** Never rejects: a page that cannot be looked at any more must not hide why the test failed. */
async function describePage(page: Page, folder: string): Promise<string> {
  try {
    const path = join(folder, `${crypto.randomUUID()}.png`);
    await page.screenshot({ path, timeout: GLANCE_MS });
    const text = await page.locator("body").innerText({ timeout: GLANCE_MS });
    return `At ${page.url()} (screenshot: ${path}) the page said:\n${text.slice(0, MOST_TEXT)}`;
  } catch (error) {
    return `At ${page.url()} nothing could be seen: ${error}`;
  }
}
