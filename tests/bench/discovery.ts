import { startController } from "../../virtual_wled/controller.ts";
import { caughtUp, connectLive, type LiveClient } from "../support/live_client.ts";
import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { median } from "./measure.ts";
import { canStart, type ServerProcess, startServer } from "./server_process.ts";

const LIMIT_MS = 2000;
const TITLE = `A new device on the network, until it is seen (target < ${LIMIT_MS} ms)`;
const ENV = { LUMENLOG_DISCOVERY: "on", LUMENLOG_ANNOUNCE: "off", LUMENLOG_MDNS_INTERFACE: "127.0.0.1" };
const POLL_MS = 5;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Seen {
  readonly message: number;
  readonly list: number;
}

/** Milliseconds until the list has the device. */
async function listedAfter({ url }: ServerProcess, name: string, begun: number): Promise<number> {
  for (;;) {
    const { items }: { readonly items: readonly { readonly name: string }[] } =
      await (await fetch(new URL("/api/v1/devices/discovered", url))).json();
    if (items.some((found) => found.name === name)) return performance.now() - begun;
    await pause(POLL_MS);
  }
}

async function toldAfter(client: LiveClient, name: string, begun: number): Promise<number> {
  await client.until(
    `${name} to be told`,
    ({ type, device }) => type === "device_discovered" && Object(device).name === name,
  );
  return performance.now() - begun;
}

/** From the moment a controller begins to start. */
async function appearOnce(server: ServerProcess, client: LiveClient): Promise<Seen> {
  const name = `Bench ${crypto.randomUUID().slice(0, 8)}`;
  const begun = performance.now();
  const controller = await startController({ name, ledCount: 30, announce: true });
  try {
    const [message, list] = await Promise.all([toldAfter(client, name, begun), listedAfter(server, name, begun)]);
    return { message, list };
  } finally {
    await controller.close();
  }
}

async function measure(dir: string, rounds: number): Promise<Table> {
  const server = await startServer(dir, { env: ENV });
  try {
    const client = await connectLive(server.url.origin);
    await caughtUp(client);
    const seen: Seen[] = [];
    for (let round = 0; round < rounds; round++) {
      seen.push(await appearOnce(server, client));
      await pause(1500); // its goodbye, and time for another question
    }
    await client.close();
    const row = (what: string, times: readonly number[]) => {
      const most = Math.max(...times);
      return [what, figure(median(times)), figure(most), verdict(most < LIMIT_MS)];
    };
    return {
      title: TITLE,
      columns: ["until", "median (ms)", "highest (ms)", "target"],
      rows: [
        row("the live message", seen.map(({ message }) => message)),
        row("the list has it", seen.map(({ list }) => list)),
      ],
      notes: [`${rounds} controllers one after another on loopback, each measured from before its own start`],
    };
  } finally {
    await server.child.kill();
  }
}

export const discovery: Bench = {
  name: "discovery",
  run: async ({ rounds }) => {
    if (!canStart()) return [{ title: TITLE, columns: [], rows: [], notes: ["the program is not there"] }];
    let table: Table | undefined;
    await withTempDir(async (dir) => {
      table = await measure(dir, Math.max(rounds, 15));
    });
    return table === undefined ? [] : [table];
  },
};
