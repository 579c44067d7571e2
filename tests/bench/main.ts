/** Runs the benchmarks named as arguments, or all, and prints Markdown for docs/performance.md. */
import { backup, restore } from "./backup.ts";
import type { Bench, BenchOptions } from "./bench.ts";
import { printTable } from "./bench.ts";
import { binary } from "./binary.ts";
import { configDiff } from "./config_diff.ts";
import { devicePolling } from "./device_polling.ts";
import { discovery } from "./discovery.ts";
import { exportBench } from "./export.ts";
import { httpList } from "./http_list.ts";
import { machineFacts } from "./machine.ts";
import { prune } from "./prune.ts";
import { query } from "./query.ts";
import { shutdown } from "./shutdown.ts";
import { start } from "./start.ts";
import { tally } from "./tally.ts";
import { uiActivity } from "./ui_activity.ts";
import { write64 } from "./write_64.ts";
import { writeLone } from "./write_lone.ts";
import { withTempDir } from "../support/engine.ts";

const BENCHES: readonly Bench[] = [
  writeLone,
  write64,
  query,
  tally,
  prune,
  httpList,
  start,
  binary,
  shutdown,
  devicePolling,
  discovery,
  configDiff,
  uiActivity,
  exportBench,
  backup,
  restore,
];
const USAGE = `Usage: deno task bench [--rounds N] [--rows N] [--keep DIR] [NAME…]
Names: ${BENCHES.map((bench) => bench.name).join(", ")}`;

function parse(args: readonly string[]): { options: BenchOptions; chosen: readonly Bench[] } {
  const values = new Map<string, string>();
  const names: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i]!;
    if (!argument.startsWith("--")) names.push(argument);
    else values.set(argument.slice(2), args[++i] ?? "");
  }
  const count = (name: string, fallback: number, least: number) => {
    const value = Number(values.get(name) ?? fallback);
    if (!Number.isInteger(value) || value < least) {
      throw new Error(`--${name} must be a number from ${least}\n${USAGE}`);
    }
    return value;
  };
  const options = { rounds: count("rounds", 7, 5), rows: count("rows", 1_000_000, 100_000), keep: values.get("keep") };
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name)) ??
    [...values.keys()].find((name) => !["rounds", "rows", "keep"].includes(name));
  if (unknown !== undefined) throw new Error(`Cannot run "${unknown}": no such benchmark or option\n${USAGE}`);
  return { options, chosen: names.length === 0 ? BENCHES : BENCHES.filter((bench) => names.includes(bench.name)) };
}

const { options, chosen } = parse(Deno.args);
await withTempDir(async (dir) => console.log(printTable(await machineFacts(dir))));
for (const bench of chosen) {
  for (const table of await bench.run(options)) console.log(printTable(table));
}
