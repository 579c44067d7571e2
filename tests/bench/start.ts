import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { median } from "./measure.ts";
import { canStart, type ServerProcess, startServer } from "./server_process.ts";

const LIMIT_MS = 400;
const LIMIT_MB = 120;
const IDLE_MS = 3000;
const TITLE = `Start to the first answer (target < ${LIMIT_MS} ms) and memory when idle (target < ${LIMIT_MB} MB)`;

export interface Started {
  /** To the first answer. */
  readonly ms: number;
  /** Resident. */
  readonly megabytes: number;
}

/** Starts the program, asks for its health, waits and looks at its resident memory. */
export async function startOnce(start: () => Promise<ServerProcess>): Promise<Started> {
  const begun = performance.now();
  const { url, child } = await start();
  try {
    const answer = await fetch(new URL("/health", url));
    await answer.text();
    if (!answer.ok) throw new Error(`Cannot measure the start: /health answered ${answer.status}`);
    const ms = performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    return { ms, megabytes: await residentMegabytes(child.pid) };
  } finally {
    await child.kill();
  }
}

/** By `ps`, because the runtime does not let a program read of another's memory; NaN where there is none. */
async function residentMegabytes(pid: number): Promise<number> {
  try {
    const { stdout } = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] }).output();
    return Number(new TextDecoder().decode(stdout)) / 1024;
  } catch {
    return NaN;
  }
}

async function measure(name: string, rounds: number, dataDir: (round: number) => string): Promise<(string | number)[]> {
  const started: Started[] = [];
  for (let round = 0; round <= rounds; round++) {
    started.push(await startOnce(() => startServer(dataDir(round))));
  }
  const warm = started.slice(1);
  const ms = median(warm.map((each) => each.ms));
  const megabytes = median(warm.map((each) => each.megabytes));
  const slowest = Math.max(...warm.map((each) => each.ms));
  return [name, figure(ms), figure(slowest), figure(megabytes), verdict(ms < LIMIT_MS && !(megabytes >= LIMIT_MB))];
}

export const start: Bench = {
  name: "start",
  run: async ({ rounds }) => {
    if (!canStart()) {
      return [{ title: TITLE, columns: [], rows: [], notes: ["**SKIPPED: the program is not there yet.**"] }];
    }
    const tables: Table[] = [];
    await withTempDir(async (dir) => {
      tables.push({
        title: TITLE,
        columns: ["start", "median ms", "slowest ms", "resident MB", ""],
        rows: [
          await measure("with a new database", rounds, (round) => `${dir}/new-${round}`),
          await measure("with its database", rounds, () => `${dir}/kept`),
        ],
        notes: [`${rounds} starts each after one that is not counted; memory ${IDLE_MS / 1000} s after the answer`],
      });
    });
    return tables;
  },
};
