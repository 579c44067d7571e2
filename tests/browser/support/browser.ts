import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type ApiClient, createApiClient } from "../../runtime/api_client.ts";
import { ROOT } from "../../runtime/runtimes.ts";
import { within } from "../../runtime/waiting.ts";
import { chromiumProblem } from "./chromium.ts";
import { failureOf } from "./failure.ts";
import { launchBrowser } from "./launch.ts";
import { contextOptions, type Look } from "./looks.ts";
import { createProblems, type Problems } from "./problems.ts";
import { type ServerOptions, type TestServer, withServer } from "./server.ts";

export interface BrowserOptions extends Look {
  readonly server?: ServerOptions;
  /** Default true; false for pages that are not part of the bundle. */
  readonly bundle?: boolean;
  /** Where a failure leaves its screenshots; default: a folder in the temporary one. */
  readonly screenshots?: string;
}

/** What a test in a browser works with. All of it ends with the test. */
export interface Visit {
  /** Empty; `page.goto("/")` is the server's start page. */
  readonly page: Page;
  readonly server: TestServer;
  /** Without a key. */
  readonly api: ApiClient;
  /** Another tab of the same person. */
  openTab(): Promise<Page>;
  /** A browser of somebody else, who shares nothing with the first. */
  openBrowser(look?: Look): Promise<Page>;
  /** Console errors, uncaught errors and failed requests fail the test, unless they match one of these. */
  expectProblem(pattern: RegExp): void;
}

type Work = (visit: Visit) => Promise<void>;

/** A limit against hanging, never a measure of speed. */
const PATIENCE_MS = 45_000;
const WHOLE_TEST_MS = 300_000;
const BUNDLE = "public/assets/app.js";

/** Registers a test in a real Chromium, over a real server. Where no Chromium is the name of the test says so. */
export function browserTest(sentence: string, options: BrowserOptions, work: Work): void {
  testWithChromium(sentence, () => withBrowser(options, work));
}

/** For tests that start browsers themselves. */
export function testWithChromium(name: string, fn: () => Promise<void>): void {
  const missing = chromiumProblem();
  if (missing !== undefined) Deno.test.ignore(`${name} [SKIPPED: ${missing}]`, () => {});
  // The driver of the browser keeps timers and handles of its own until the process ends.
  else Deno.test({ name, sanitizeOps: false, sanitizeResources: false, fn });
}

/** The body of such a test. */
export async function withBrowser(options: BrowserOptions, work: Work): Promise<void> {
  if (options.bundle !== false && !existsSync(join(ROOT, BUNDLE))) {
    throw new Error(`There is no ${BUNDLE}: run \`deno task build\` first`);
  }
  await withServer(options.server ?? {}, async (server) => {
    const browser = await launchBrowser();
    try {
      await within("the test to end", visit(browser, server, options, work), WHOLE_TEST_MS);
    } finally {
      await browser.close();
    }
  });
}

async function visit(browser: Browser, server: TestServer, options: BrowserOptions, work: Work): Promise<void> {
  const problems = createProblems();
  const open = (look: Look) => openContext(browser, server, problems, look);
  try {
    const context = await open(options);
    await work({
      page: await context.newPage(),
      server,
      api: createApiClient(server.url),
      openTab: () => context.newPage(),
      openBrowser: async (look = options) => await (await open(look)).newPage(),
      expectProblem: problems.expect,
    });
    const unexpected = problems.unexpected();
    if (unexpected.length > 0) throw new Error("All went as expected, but not without problems in the page");
  } catch (error) {
    throw await failureOf(error, { browser, server, problems: problems.unexpected(), folder: options.screenshots });
  }
}

async function openContext(
  browser: Browser,
  server: TestServer,
  problems: Problems,
  look: Look,
): Promise<BrowserContext> {
  const context = await browser.newContext({ ...contextOptions(look), baseURL: server.url });
  context.setDefaultTimeout(PATIENCE_MS);
  problems.watch(context);
  return context;
}
