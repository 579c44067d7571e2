import { fileURLToPath } from "node:url";
import { connectLive } from "../support/live_client.ts";
import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { openChild } from "./child.ts";
import { median } from "./measure.ts";
import { canStart, startServer } from "./server_process.ts";

const RUNS = 20;
const LIGHTS = 8;
const CLIENTS = 4;
const LIMIT_MS = 2000;
/** Checks of the lights that a server has had when it is asked to stop. */
const POLLED_MS = 2500;
const TITLE = `A stop in order, from the signal to the end of the process (target < ${LIMIT_MS} ms)`;

async function create(url: URL, path: string, body: Readonly<Record<string, unknown>>): Promise<string> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(new URL(`/api/v1/${path}`, url), { method: "POST", headers, body: JSON.stringify(body) });
  // Our own answer, whose shape the tests hold.
  const made = await answer.json() as { readonly id: string };
  if (answer.status !== 201) throw new Error(`Cannot create one of ${path}: ${answer.status}`);
  return made.id;
}

/** One server with everything, on data of its own; milliseconds until it has ended. */
async function stopOnce(dir: string, lights: readonly string[]): Promise<number> {
  const { url, child } = await startServer(dir, { env: { LUMENLOG_DEVICE_CHECK_SECONDS: "1" } });
  for (const [n, light] of lights.entries()) {
    const device_id = await create(url, "devices", { name: `Light ${n}`, device_type: "wled", url: light });
    await create(url, "output-targets", { name: `Target ${n}`, device_id });
  }
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connectLive(url.origin)));
  await new Promise((resolve) => setTimeout(resolve, POLLED_MS));
  const begun = performance.now();
  Deno.kill(child.pid, "SIGTERM");
  await child.end();
  const ms = performance.now() - begun;
  await Promise.all(clients.map((client) => client.closed));
  return ms;
}

async function measure(dir: string): Promise<Table> {
  const script = fileURLToPath(new URL("./virtual_controllers.ts", import.meta.url));
  const controllers = openChild(Deno.execPath(), ["run", "--no-prompt", "--allow-all", script, String(LIGHTS)]);
  try {
    // Our own script's line.
    const lights = JSON.parse(await controllers.nextLine()) as readonly string[];
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await stopOnce(`${dir}/${run}`, lights));
    const slowest = Math.max(...times);
    return {
      title: TITLE,
      columns: ["server", "median ms", "slowest ms", ""],
      rows: [[
        `${LIGHTS} lights checked every second, ${LIGHTS} output targets, ${CLIENTS} live clients`,
        figure(median(times)),
        figure(slowest),
        verdict(slowest < LIMIT_MS),
      ]],
      notes: [`${RUNS} runs, each with a database of its own; the targets are set up, nothing drives them yet`],
    };
  } finally {
    await controllers.kill();
  }
}

export const shutdown: Bench = {
  name: "shutdown",
  run: async () => {
    if (!canStart()) {
      return [{ title: TITLE, columns: [], rows: [], notes: ["**SKIPPED: the program is not there yet.**"] }];
    }
    const tables: Table[] = [];
    await withTempDir(async (dir) => void tables.push(await measure(dir)));
    return tables;
  },
};
