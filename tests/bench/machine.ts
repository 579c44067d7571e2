import Database from "libsql";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { figure, type Table } from "./bench.ts";
import { percentile } from "./measure.ts";

const APPENDS = 1000;

/** Microseconds that each of many 4 KiB appends took to reach the disk: no commit can be faster. */
function durableAppends(path: string): readonly number[] {
  const file = openSync(path, "a");
  const block = new Uint8Array(4096).fill(7);
  try {
    return Array.from({ length: APPENDS }, () => {
      const begun = performance.now();
      writeSync(file, block);
      fdatasyncSync(file);
      return (performance.now() - begun) * 1000;
    });
  } finally {
    closeSync(file);
  }
}

async function nodeVersion(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    return "not installed";
  }
}

function sqliteVersion(): string {
  const db = new Database(":memory:");
  // The driver types rows as unknown; the statement names its one column.
  const row = db.prepare("SELECT sqlite_version() AS version").get() as { version: string };
  db.close();
  return row.version;
}

/** What the figures of a run depend on. */
export async function machineFacts(dir: string): Promise<Table> {
  const micros = durableAppends(join(dir, "append"));
  return {
    title: "Machine",
    columns: ["fact", "value"],
    rows: [
      ["date", new Date().toISOString().slice(0, 16) + "Z"],
      ["cores", availableParallelism()],
      ["memory", `${Math.round(Deno.systemMemoryInfo().total / 2 ** 30)} GiB`],
      ["load average", Deno.loadavg()[0]!.toFixed(2)],
      ["Deno / V8", `${Deno.version.deno} / ${Deno.version.v8}`],
      ["Node", await nodeVersion()],
      ["libSQL's SQLite", sqliteVersion()],
      [
        "append of 4 KiB + fdatasync",
        `${figure(percentile(micros, 0.5))} µs p50, ${figure(percentile(micros, 0.99))} µs p99`,
      ],
    ],
  };
}
