import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { databaseFile } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { type Bench, type BenchOptions, figure, ratioFigure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { copyAsColumns } from "./http_list.ts";
import { type Measured, median, pairedRounds, ratioTo, type Variant } from "./measure.ts";
import { canStart, type ServerProcess, startServer } from "./server_process.ts";

const TOKEN = "bench-token-0123456789";
const TARGET = 1;
const LAG_LIMIT_MS = 10;
const GROWTH_LIMIT_MB = 64;
const POLL_MS = 50;

const FIELDS = "id, ts, category, action, severity, actor, entity_type, entity_id, entity_name, message, metadata";
const OBJECT = FIELDS.split(", ").map((field) => `'${field}', ${field === "metadata" ? "json(metadata)" : field}`);
const EXTRACTED = FIELDS.split(", ").map((field) => `entry ${field === "metadata" ? "->" : "->>"} '${field}'`);

const FORMATS = ["csv", "ndjson"] as const;
type Format = (typeof FORMATS)[number];

/** One way to write the same rows by the command line. */
interface Way {
  readonly name: string;
  readonly place: "columns" | "ours";
  readonly flags: string;
  readonly sql: string;
}

/** The first of each format is what is compared with. */
const BY_COMMAND_LINE: Readonly<Record<Format, readonly Way[]>> = {
  csv: [
    {
      name: "eleven columns, `-csv`",
      place: "columns",
      flags: "-csv -header",
      sql: `SELECT ${FIELDS} FROM activity_log ORDER BY seq`,
    },
    {
      name: "our file, `-csv`",
      place: "ours",
      flags: "-csv -header",
      sql: `SELECT ${EXTRACTED.join(", ")} FROM activity_log ORDER BY seq`,
    },
  ],
  ndjson: [
    {
      name: "eleven columns, `-json`",
      place: "columns",
      flags: "-json",
      sql: `SELECT ${FIELDS} FROM activity_log ORDER BY seq`,
    },
    {
      name: "eleven columns, `json_object`",
      place: "columns",
      flags: "-list",
      sql: `SELECT json_object(${OBJECT.join(", ")}) FROM activity_log ORDER BY seq`,
    },
    {
      name: "our file, the stored text as it stands",
      place: "ours",
      flags: "-list",
      sql: "SELECT entry FROM activity_log ORDER BY seq",
    },
  ],
};

/** Runs a command that must succeed; resolves with the milliseconds that it took. */
async function timed(script: string): Promise<number> {
  const begun = performance.now();
  const { success, stderr } = await new Deno.Command("bash", { args: ["-c", script] }).output();
  if (!success) throw new Error(`Cannot run ${script}: ${new TextDecoder().decode(stderr)}`);
  return performance.now() - begun;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function overHttp(format: Format, { url }: ServerProcess, rows: number, dir: string): Variant {
  const address = new URL(`/api/v1/activity-log/export?format=${format}&until=2026-06-30`, url);
  const script = `curl -sf -H 'authorization: Bearer ${TOKEN}' -o ${quoted(join(dir, "ours.out"))} ${
    quoted(`${address}`)
  }`;
  return { name: "Lumenlog over HTTP", piece: async () => ({ count: rows, ms: await timed(script) }) };
}

function byCommandLine({ name, flags, sql }: Way, path: string, rows: number, dir: string): Variant {
  const script = `sqlite3 ${flags} ${quoted(path)} ${quoted(sql)} > ${quoted(join(dir, "theirs.out"))}`;
  return { name, piece: async () => ({ count: rows, ms: await timed(script) }) };
}

async function outputOf(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command(command, { args: [...args] }).output();
  return new TextDecoder().decode(stdout);
}

const residentMb = async (pid: number) => Number(await outputOf("ps", "-o", "rss=", "-p", String(pid))) / 1024;

/** How late the server's timers were since it was asked last. */
async function lagOf({ child }: ServerProcess): Promise<{ readonly p99: number; readonly most: number }> {
  Deno.kill(child.pid, "SIGUSR2");
  // Our own script's line.
  return JSON.parse(await child.nextLine()) as { readonly p99: number; readonly most: number };
}

/** Lag and memory of the server during one export of each format that is not timed. */
async function watched(server: ServerProcess, variants: readonly Variant[]): Promise<Table> {
  const rows: (string | number)[][] = [];
  const { pid } = server.child;
  for (const [i, format] of FORMATS.entries()) {
    const before = await residentMb(pid);
    let most = before;
    let done = false;
    await lagOf(server);
    const work = variants[i]!.piece().finally(() => done = true);
    while (!done) {
      most = Math.max(most, await residentMb(pid));
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    await work;
    const { p99, most: longest } = await lagOf(server);
    const met = p99 < LAG_LIMIT_MS && most - before < GROWTH_LIMIT_MB;
    rows.push([format, figure(p99), figure(longest), figure(before), figure(most - before), verdict(met)]);
  }
  return {
    title: `The server meanwhile (targets: lag p99 < ${LAG_LIMIT_MS} ms, growth < ${GROWTH_LIMIT_MB} MB)`,
    columns: ["format", "lag p99 ms", "longest ms", "resident MB before", "more MB at most", ""],
    rows,
    notes: ["lag: how late a timer of 2 ms is in the server's own process, before the first timed round"],
  };
}

function tableOf(format: Format, rows: number, rounds: number, measured: readonly Measured[]): Table {
  const [ours, ...theirs] = measured;
  return {
    title: `Export of ${figure(rows)} rows as ${format} (target ≥ ${TARGET} × the command line on eleven columns)`,
    columns: ["way", "rows/s", "Lumenlog ÷ it (lowest–highest)", ""],
    rows: [
      [ours!.name, figure(median(ours!.rates)), "", ""],
      ...theirs.map((each, i) => {
        const ratio = ratioTo(each, ours!);
        const judged = i === 0 ? verdict(ratio.median >= TARGET) : "";
        return [`\`sqlite3\`, ${each.name}`, figure(median(each.rates)), ratioFigure(ratio), judged];
      }),
    ],
    notes: [`${rounds} rounds in turn, each way in a process of its own that writes a file on the same disk`],
  };
}

/** Nothing may be removed while it is measured. */
function keepEverything(path: string): void {
  const db = openFile(path, "write");
  db.exec("UPDATE activity_state SET max_days = NULL, max_entries = NULL");
  db.close();
}

async function settled({ url }: ServerProcess): Promise<void> {
  for (;;) {
    const health: { audit: { text_behind: number } } = await (await fetch(new URL("/health", url))).json();
    if (health.audit.text_behind === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function measure(dir: string, { rows, rounds }: BenchOptions): Promise<readonly Table[]> {
  const paths = { ours: databaseFile(dir), columns: join(dir, "columns.db") };
  await Deno.remove(paths.columns).catch(() => {}); // of a run before, if there was one
  copyAsColumns(paths.ours, paths.columns);
  keepEverything(paths.ours);
  const server = await startServer(dir, {
    flags: ["--preload", fileURLToPath(new URL("./loop_lag.ts", import.meta.url))],
    env: { LUMENLOG_API_KEYS: `bench:viewer:${TOKEN}` },
  });
  try {
    await settled(server);
    const ours = FORMATS.map((format) => overHttp(format, server, rows, dir));
    for (const variant of ours) await variant.piece();
    const tables = [await watched(server, ours)];
    for (const [i, format] of FORMATS.entries()) {
      const theirs = BY_COMMAND_LINE[format].map((way) => byCommandLine(way, paths[way.place], rows, dir));
      tables.push(tableOf(format, rows, rounds, await pairedRounds([ours[i]!, ...theirs], rounds, 1)));
    }
    return [...tables.slice(1), tables[0]!];
  } finally {
    await server.child.kill();
    for (const name of ["ours.out", "theirs.out", "columns.db"]) await Deno.remove(join(dir, name)).catch(() => {}); // may be missing
  }
}

export const exportBench: Bench = {
  name: "export",
  run: async (options) => {
    const missing = canStart() ? await missingTool() : "the program is not there yet";
    if (missing !== undefined) {
      return [{ title: "Export", columns: [], rows: [], notes: [`**SKIPPED: ${missing}.**`] }];
    }
    const tables: Table[] = [];
    await withFilledLog(options.rows, options.keep, async (dir) => void tables.push(...await measure(dir, options)));
    return tables;
  },
};

async function missingTool(): Promise<string | undefined> {
  for (const tool of ["sqlite3", "curl"]) {
    const { success } = await new Deno.Command("bash", { args: ["-c", `command -v ${tool}`] }).output();
    if (!success) return `${tool} is not installed`;
  }
  return undefined;
}
