import { compileInto, findCompiler } from "../compile/compiled.ts";
import { withTempDir } from "../support/engine.ts";
import { OFF_THE_NETWORK } from "../support/process.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { openChild } from "./child.ts";
import { median } from "./measure.ts";
import { listening } from "./server_process.ts";
import { startOnce } from "./start.ts";

const LIMIT_MS = 500;
const LIMIT_MB = 130;
const TITLE = `The program as one file: its size (target < ${LIMIT_MB} MB) and its start (target < ${LIMIT_MS} ms)`;

/** A server whose parent process was killed stops by itself; the next one is not to wait for its data directory. */
const LEFT_MS = 1000;

/** Starts it over one data directory; the first start, which makes that and unpacks a part, is told apart. */
async function measure(file: string, dir: string, rounds: number, supervised: "yes" | "no") {
  const environment = { LUMENLOG_LOG_LEVEL: "error", ...OFF_THE_NETWORK, LUMENLOG_SUPERVISED: supervised, TMPDIR: dir };
  const start = () => listening(openChild(file, ["--port", "0", "--data-dir", `${dir}/${supervised}`], environment));
  const first = await startOnce(start);
  const later = [];
  for (let round = 0; round < rounds; round++) {
    await new Promise((resolve) => setTimeout(resolve, LEFT_MS));
    later.push(await startOnce(start));
  }
  const size = (await Deno.stat(file)).size / 1e6;
  const ms = median(later.map((each) => each.ms));
  const slowest = Math.max(...later.map((each) => each.ms));
  const memory = median(later.map((each) => each.megabytes));
  const met = verdict(size < LIMIT_MB && ms < LIMIT_MS);
  const how = supervised === "yes" ? "under a supervisor" : "with its parent process";
  return [how, figure(size), figure(first.ms), figure(ms), figure(slowest), figure(memory), met];
}

export const binary: Bench = {
  name: "binary",
  run: async ({ rounds }) => {
    const compiler = findCompiler();
    if (typeof compiler === "string") {
      return [{ title: TITLE, columns: [], rows: [], notes: [`**SKIPPED: ${compiler}.**`] }];
    }
    const tables: Table[] = [];
    await withTempDir(async (dir) => {
      const file = await compileInto(dir, compiler);
      tables.push({
        title: TITLE,
        columns: ["start", "MB", "first start ms", "median ms", "slowest ms", "resident MB", ""],
        rows: [await measure(file, dir, rounds, "yes"), await measure(file, dir, rounds, "no")],
        notes: [
          `${rounds} starts to the first answer, after the first one, with its database; resident is the process that ` +
          "was started, which is the small one where there are two",
        ],
      });
    });
    return tables;
  },
};
