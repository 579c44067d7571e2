import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { programRoot } from "../../src/runtime/program_files.ts";
import { chromiumProblem } from "../browser/support/chromium.ts";
import { launchBrowser } from "../browser/support/launch.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { median } from "./measure.ts";
import { canStart, startServer } from "./server_process.ts";
import { openPage, type WatchedPage } from "./ui_page.ts";

const ROWS = 100_000;
const STREAMED = 10_000;
const STREAMS = 4;
const CALLERS = 32;
const SIZE_LIMIT_KB = 90;
const FIRST_ROWS_LIMIT_MS = 1000;
const FRAME_LIMIT_MS = 100;
const HEAP_LIMIT_MB = 100;

const asset = (name: string) => join(programRoot(), "public/assets", name);

function sizes(): Table {
  const kilobytes = (name: string) => gzipSync(readFileSync(asset(name)), { level: 9 }).length / 1000;
  const script = kilobytes("app.js");
  return {
    title: `Size of the browser UI (target < ${SIZE_LIMIT_KB} kB gzip of script)`,
    columns: ["file", "kB gzip", ""],
    rows: [["app.js", figure(script), verdict(script < SIZE_LIMIT_KB)], ["app.css", figure(kilobytes("app.css")), ""]],
  };
}

type Browser = Awaited<ReturnType<typeof launchBrowser>>;

/** Every load in a browser context of its own; the first one only warms the server up. */
async function coldLoads(browser: Browser, dir: string, rounds: number): Promise<Table> {
  const { url, child } = await startServer(dir);
  try {
    const found: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const page = await openPage(browser, new URL("/activity", url).href);
      found.push(await page.firstRows());
      await page.close();
    }
    const warm = found.slice(1);
    const slowest = Math.max(...warm);
    return {
      title: `First rows of the activity page on a cold load (target < ${FIRST_ROWS_LIMIT_MS} ms)`,
      columns: ["entries in the log", "median ms", "slowest ms", ""],
      rows: [[figure(ROWS), figure(median(warm)), figure(slowest), verdict(slowest < FIRST_ROWS_LIMIT_MS)]],
      notes: [`${rounds} loads, each without a cache, from the beginning of the navigation to the painted rows`],
    };
  } finally {
    await child.kill();
  }
}

/** Makes so many entries as fast as the API takes them; resolves with the milliseconds that it took. */
async function stream(url: URL, ids: readonly string[]): Promise<number> {
  const api = createApiClient(url.origin);
  const begun = performance.now();
  let left = STREAMED;
  const caller = async (id: string) => {
    while (left-- > 0) await api.update("gradients", id, { description: `${left}` });
  };
  await Promise.all(ids.map(caller));
  return performance.now() - begun;
}

const entriesShown = (page: WatchedPage) =>
  page.page.evaluate<number>(`Number(document.querySelector(".log-total").textContent.replace(/[^0-9]/g, ""))`);

/** An empty page under the same load shows what the machine itself costs. */
async function emptyPage(browser: Browser, url: URL, ids: readonly string[]): Promise<(string | number)[]> {
  const page = await openPage(browser, new URL("/favicon.svg", url).href);
  try {
    await page.frames();
    const ms = await stream(url, ids);
    const { longestFrame, longestTask } = await page.frames();
    return [
      "an empty page",
      figure(STREAMED * 1000 / ms),
      figure(longestFrame),
      figure(longestTask),
      "",
      "",
      "baseline",
    ];
  } finally {
    await page.close();
  }
}

async function streamInto(page: WatchedPage, url: URL, ids: readonly string[], name: string) {
  const before = await entriesShown(page);
  await page.frames();
  const ms = await stream(url, ids);
  const wanted = before + STREAMED;
  await page.until(`Number(document.querySelector(".log-total").textContent.replace(/[^0-9]/g, "")) >= ${wanted}`);
  const { longestFrame, longestTask } = await page.frames();
  const shown = await entriesShown(page);
  if (shown !== wanted) throw new Error(`Cannot trust the page: it counts ${shown} entries, not ${wanted}`);
  const [heap, held] = [await page.heap(), await page.rowsHeld()];
  const met = longestFrame < FRAME_LIMIT_MS && heap < HEAP_LIMIT_MB;
  const rate = figure(STREAMED * 1000 / ms);
  return [name, rate, figure(longestFrame), figure(longestTask), figure(heap), figure(held), verdict(met)];
}

async function streams(browser: Browser, dir: string): Promise<Table> {
  const { url, child } = await startServer(dir);
  try {
    const api = createApiClient(url.origin);
    const ids: string[] = [];
    for (let i = 0; i < CALLERS; i++) ids.push((await api.create("gradients", { name: `Gradient ${i}` })).id);
    const rows = [await emptyPage(browser, url, ids)];
    const page = await openPage(browser, new URL("/activity", url).href);
    await page.firstRows();
    await page.until(`document.querySelector(".log-flow")?.textContent === "Live"`);
    const heap = await page.heap();
    for (let i = 1; i <= STREAMS; i++) rows.push(await streamInto(page, url, ids, `activity, ${i * 10},000 in all`));
    await page.page.evaluate("scrollTo(0, 4000)");
    rows.push(await streamInto(page, url, ids, "activity, while older rows are read"));
    await page.close();
    rows.push(await emptyPage(browser, url, ids));
    return {
      title: `${figure(STREAMED)} entries streamed into the open page (target: no frame > ${FRAME_LIMIT_MS} ms)`,
      columns: ["page", "entries/s", "longest frame ms", "longest task ms", "heap MB", "rows held", ""],
      rows,
      notes: [
        `${CALLERS} callers over HTTP, the server, Chromium and they on one machine; heap of the script after its ` +
        `garbage is collected (target < ${HEAP_LIMIT_MB} MB), before the first stream ${figure(heap)} MB`,
        "Every entry has to arrive live: the page counts them",
      ],
    };
  } finally {
    await child.kill();
  }
}

/** Scrolls down until all of the log is loaded, then through all of it, a screen or more at each frame. */
async function scrollThrough(browser: Browser, dir: string): Promise<Table> {
  const { url, child } = await startServer(dir);
  try {
    const page = await openPage(browser, new URL("/activity", url).href);
    await page.firstRows();
    const grid = `document.querySelector(".log-grid")`;
    const begun = performance.now();
    await page.page.evaluate(`(async () => {
      while (${grid}.offsetHeight / 36 < ${ROWS}) {
        scrollTo(0, document.documentElement.scrollHeight);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`);
    const seconds = (performance.now() - begun) / 1000;
    const loading = await page.frames();
    await page.page.evaluate(`(async () => {
      for (let step = 0; step <= 600; step++) {
        scrollTo(0, document.documentElement.scrollHeight * (step % 200) / 200 + step);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`);
    const scrolling = await page.frames();
    const [heap, held] = [await page.heap(), await page.rowsHeld()];
    const drawn = await page.page.evaluate<number>(`document.querySelectorAll(".log-row").length`);
    await page.close();
    return {
      title: `The whole log loaded and scrolled through (target: no frame > ${FRAME_LIMIT_MS} ms)`,
      columns: ["rows held", "rows drawn", "loaded in s", "longest frame ms, loading", "scrolling", "heap MB", ""],
      rows: [[
        figure(held),
        figure(drawn),
        figure(seconds),
        figure(loading.longestFrame),
        figure(scrolling.longestFrame),
        figure(heap),
        verdict(Math.max(loading.longestFrame, scrolling.longestFrame) < FRAME_LIMIT_MS && heap < HEAP_LIMIT_MB),
      ]],
      notes: ["600 frames of scrolling, three times from end to end"],
    };
  } finally {
    await child.kill();
  }
}

const skipped = (why: string): readonly Table[] => [
  { title: "The activity page in a browser", columns: [], rows: [], notes: [`**SKIPPED: ${why}.**`] },
];

export const uiActivity: Bench = {
  name: "ui_activity",
  run: async ({ rounds, keep }) => {
    const missing = chromiumProblem();
    if (missing !== undefined) return skipped(missing);
    if (!canStart() || !existsSync(asset("app.js"))) return skipped("the program is not built: run `deno task build`");
    const browser = await launchBrowser();
    const tables = [sizes()];
    try {
      await withFilledLog(ROWS, keep, async (dir) => {
        tables.push(await coldLoads(browser, dir, rounds), await scrollThrough(browser, dir));
      });
      await withTempDir(async (dir) => void tables.push(await streams(browser, dir)));
    } finally {
      await browser.close();
    }
    return tables;
  },
};
