import type { Browser, BrowserContext } from "playwright-core";
import { startDemo } from "../../demo/demo_process.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { testWithChromium } from "./browser.ts";
import { failureOf } from "./failure.ts";
import { launchBrowser } from "./launch.ts";
import { contextOptions, type Look } from "./looks.ts";
import { createProblems } from "./problems.ts";

export type Demo = Awaited<ReturnType<typeof startDemo>>;

export interface DemoVisit {
  readonly demo: Demo;
  /** Somebody's browser. */
  open(look: Look): Promise<BrowserContext>;
  expectProblem(pattern: RegExp): void;
}

/** Registers a test in a real Chromium over the whole demo: the server and three virtual controllers. */
export function demoTest(sentence: string, work: (visit: DemoVisit) => Promise<void>): void {
  testWithChromium(sentence, () =>
    withTempDir(async (dir) => {
      const demo = await startDemo(dir);
      const browser = await launchBrowser();
      try {
        await visit(browser, demo, work);
      } finally {
        await browser.close();
        await demo.type("quit");
        await demo.ended();
      }
    }));
}

async function visit(browser: Browser, demo: Demo, work: (visit: DemoVisit) => Promise<void>): Promise<void> {
  const problems = createProblems();
  try {
    await work({
      demo,
      open: async (look) => {
        const context = await browser.newContext({ ...contextOptions(look), baseURL: demo.url });
        context.setDefaultTimeout(45_000);
        problems.watch(context);
        return context;
      },
      expectProblem: problems.expect,
    });
    if (problems.unexpected().length > 0) throw new Error("All went as expected, but not without problems in the page");
  } catch (error) {
    const server = { stderr: demo.text };
    throw await failureOf(error, { browser, server, problems: problems.unexpected(), folder: undefined });
  }
}
