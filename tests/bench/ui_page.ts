import { launchBrowser } from "../browser/support/launch.ts";
import { eventually } from "../runtime/waiting.ts";

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** Runs in the page before anything else: when the first rows are painted, and how long frames and tasks take. */
const WATCH = `
  globalThis.seen = { firstRows: undefined, longestFrame: 0, longestTask: 0 };
  let last;
  const look = (now) => {
    if (last !== undefined) seen.longestFrame = Math.max(seen.longestFrame, now - last);
    last = now;
    if (seen.pending && seen.firstRows === undefined) seen.firstRows = performance.now();
    if (document.querySelector(".log-row") !== null) seen.pending = true;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
  }).observe({ entryTypes: ["longtask"] });
`;

/** A page that is watched, in a browser context of its own: nothing is cached. */
export interface WatchedPage {
  readonly page: Page;
  /** Waits until the expression is true in the page. */
  until(expression: string): Promise<true>;
  /** Milliseconds from the beginning of the navigation until the first rows were painted. */
  firstRows(): Promise<number>;
  /** The longest time between two frames, and the longest task, since the last call, in milliseconds. */
  frames(): Promise<{ readonly longestFrame: number; readonly longestTask: number }>;
  /** Megabytes of the script's heap after its garbage is collected. */
  heap(): Promise<number>;
  /** How many rows are held, by the height that they take. */
  rowsHeld(): Promise<number>;
  close(): Promise<void>;
}

export async function openPage(browser: Browser, url: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "no-preference" });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const debug = await context.newCDPSession(page);
  await page.goto(url);
  // Asked for from outside: the page's policy lets nothing in it be evaluated.
  const until = (expression: string) =>
    eventually(expression, async () => await page.evaluate<boolean>(expression) ? true : undefined);
  return {
    page,
    until,
    firstRows: async () => {
      await until("seen.firstRows !== undefined");
      return await page.evaluate<number>("seen.firstRows");
    },
    frames: () =>
      page.evaluate(`(() => {
        const { longestFrame, longestTask } = seen;
        Object.assign(seen, { longestFrame: 0, longestTask: 0 });
        return { longestFrame, longestTask };
      })()`),
    heap: async () => {
      await debug.send("HeapProfiler.collectGarbage");
      return (await debug.send("Runtime.getHeapUsage")).usedSize / 1024 / 1024;
    },
    rowsHeld: () => page.evaluate<number>(`Math.round(document.querySelector(".log-grid").offsetHeight / 36)`),
    close: () => context.close(),
  };
}
