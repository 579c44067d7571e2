import { fileURLToPath } from "node:url";
import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { type Child, openChild } from "./child.ts";
import { canStart, type ServerProcess, startServer } from "./server_process.ts";

const DEVICES = 500;
const LIMIT_PERCENT = 5;
const LIMIT_MB = 80;
/** The first round of checks, and what the runtime compiles meanwhile. */
const WARM_UP_MS = 60_000;
/** Three rounds at the product's own interval. */
const MEASURED_MS = 90_000;
/** Of `/proc`, on every Linux of today. */
const TICK_MS = 10;
const TITLE =
  `Health checks of ${DEVICES} devices every 30 s (targets < ${LIMIT_PERCENT} % of a core, < ${LIMIT_MB} MB more)`;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function outputOf(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command(command, { args: [...args] }).output();
  return new TextDecoder().decode(stdout);
}

/** Milliseconds of processor time so far, user and system. By `cat`: the runtime does not open `/proc` for programs. */
async function processorMs(pid: number): Promise<number> {
  const fields = (await outputOf("cat", `/proc/${pid}/stat`)).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const residentMb = async (pid: number) => Number(await outputOf("ps", "-o", "rss=", "-p", String(pid))) / 1024;

async function startControllers(): Promise<{ readonly child: Child; readonly urls: readonly string[] }> {
  const script = fileURLToPath(new URL("./virtual_controllers.ts", import.meta.url));
  const child = openChild(Deno.execPath(), ["run", "--no-prompt", "--allow-all", script, String(DEVICES)]);
  // Our own script's line.
  return { child, urls: JSON.parse(await child.nextLine()) as readonly string[] };
}

type Configured = { readonly device_type: "wled"; readonly url: string } | { readonly device_type: "virtual" };

async function configure({ url }: ServerProcess, devices: readonly Configured[]): Promise<void> {
  for (const [index, device] of devices.entries()) {
    const body = { name: `Light ${index + 1}`, led_count: 30, ...device };
    const headers = { "content-type": "application/json" };
    const answer = await fetch(new URL("/api/v1/devices", url), {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    await answer.body?.cancel();
    if (answer.status !== 201) throw new Error(`Cannot configure a device: ${answer.status}`);
  }
}

/** Online devices, and the median of their latencies. */
async function statuses({ url }: ServerProcess) {
  const list: { readonly items: readonly { readonly online: boolean; readonly latency_ms: number }[] } =
    await (await fetch(new URL("/api/v1/devices", url))).json();
  const latencies = list.items.map(({ latency_ms }) => latency_ms).toSorted((a, b) => a - b);
  return {
    online: list.items.filter(({ online }) => online).length,
    latency: latencies[latencies.length >> 1] ?? NaN,
  };
}

/** Share of a core over the time, and memory at its end, of each server; all at the same time. */
async function observe(servers: readonly ServerProcess[]) {
  const before = await Promise.all(servers.map(({ child }) => processorMs(child.pid)));
  const begun = performance.now();
  await pause(MEASURED_MS);
  const after = await Promise.all(servers.map(({ child }) => processorMs(child.pid)));
  const ms = performance.now() - begun;
  const memory = await Promise.all(servers.map(({ child }) => residentMb(child.pid)));
  return servers.map((_, i) => ({ percent: (after[i]! - before[i]!) / ms * 100, megabytes: memory[i]! }));
}

async function measure(dir: string): Promise<Table> {
  const { child, urls } = await startControllers();
  const servers: ServerProcess[] = [];
  try {
    for (const name of ["idle", "wled", "virtual"]) servers.push(await startServer(`${dir}/${name}`));
    const [, polling, virtual] = servers;
    await configure(polling!, urls.map((url) => ({ device_type: "wled", url })));
    await configure(virtual!, urls.map(() => ({ device_type: "virtual" })));
    await pause(WARM_UP_MS);
    const [without, ...with_] = await observe(servers);
    const found = await Promise.all([polling!, virtual!].map(statuses));
    const rows = with_.map(({ percent, megabytes }, index) => {
      const [cost, memory] = [percent - without!.percent, megabytes - without!.megabytes];
      const online = found[index]!.online;
      const met = online === DEVICES && cost < LIMIT_PERCENT && memory < LIMIT_MB;
      const what = index === 0 ? "controllers" : "virtual lights";
      return [`${DEVICES} ${what}, ${online} online`, figure(percent), figure(cost), figure(memory), verdict(met)];
    });
    return {
      title: TITLE,
      columns: ["server", "% of a core", "more than without devices", "MB more", ""],
      rows: [["without devices", figure(without!.percent), "", `(${figure(without!.megabytes)})`, "baseline"], ...rows],
      notes: [
        `${MEASURED_MS / 1000} s after ${WARM_UP_MS / 1000} s of warming up; all servers at the same time, the ` +
        `controllers in a process of their own on the same machine; median latency of a controller ` +
        `${figure(found[0]!.latency)} ms`,
      ],
    };
  } finally {
    await Promise.all([...servers, { child }].map((each) => each.child.kill()));
  }
}

export const devicePolling: Bench = {
  name: "device_polling",
  run: async () => {
    if (!canStart()) {
      return [{ title: TITLE, columns: [], rows: [], notes: ["**SKIPPED: the program is not there yet.**"] }];
    }
    const tables: Table[] = [];
    await withTempDir(async (dir) => void tables.push(await measure(dir)));
    return tables;
  },
};
