import { copyFile, mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { databaseFile } from "../../src/runtime/database.ts";
import { withTempDir } from "../support/engine.ts";
import { type Bench, figure, type Table, verdict } from "./bench.ts";
import { withFilledLog } from "./filled_log.ts";
import { percentile } from "./measure.ts";
import { type ServerProcess, startServer } from "./server_process.ts";
import { fillTextIndex } from "./text_indexing.ts";

const WRITES_PER_SECOND = 50;
const WAIT_LIMIT_MS = 100;
const RESTORE_LIMIT_S = 10;
const TOKEN = "bench-token-of-enough-characters";

interface Api {
  call(method: string, path: string, json?: unknown): Promise<Response>;
  /** The body of an answer with that status. */
  expect(status: number, method: string, path: string, json?: unknown): Promise<Record<string, unknown>>;
}

function apiOf({ url }: ServerProcess): Api {
  const call: Api["call"] = (method, path, json) =>
    fetch(new URL(`/api/v1/${path}`, url), {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  return {
    call,
    expect: async (status, method, path, json) => {
      const answer = await call(method, path, json);
      const text = await answer.text();
      if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      // The program's own answer, whose shape the tests hold.
      return JSON.parse(text) as Record<string, unknown>;
    },
  };
}

/** Runs the work with a server process on a data directory. */
async function withServer<T>(dataDir: string, work: (api: Api) => Promise<T>): Promise<T> {
  const server = await startServer(dataDir, { env: { LUMENLOG_API_KEYS: `bench:admin:${TOKEN}` } });
  try {
    return await work(apiOf(server));
  } finally {
    await server.child.kill();
  }
}

/** Does something fifty times a second until told to stop; how long each took since it was due, in milliseconds. */
function repeat(once: (n: number) => Promise<void>) {
  const waits: number[] = [];
  const pending = new Set<Promise<void>>();
  const failed: unknown[] = [];
  let due = performance.now();
  let made = 0;
  const begin = () => {
    const begun = due += 1000 / WRITES_PER_SECOND;
    const running: Promise<void> = once(made++)
      .then(() => void waits.push(performance.now() - begun), (error: unknown) => void failed.push(error))
      .finally(() => pending.delete(running));
    pending.add(running);
  };
  const timer = setInterval(() => {
    while (due <= performance.now() - 1000 / WRITES_PER_SECOND) begin();
  }, 2);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
    if (failed.length > 0) throw failed[0];
    return waits;
  };
}

const GRADIENT = { stops: [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }] };
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function measureBackup(dir: string, rows: number): Promise<Table> {
  return await withServer(dir, async (api) => {
    const { id } = await api.expect(201, "POST", "gradients", { ...GRADIENT, name: "Written" });
    const write = async (n: number) =>
      void await api.expect(200, "PUT", `gradients/${String(id)}`, { name: `Written ${n}` });
    const stopQuiet = repeat(write);
    await pause(3000);
    const quiet = await stopQuiet();
    const stop = repeat(write);
    const begun = performance.now();
    const { size } = await api.expect(201, "POST", "backups");
    const seconds = (performance.now() - begun) / 1000;
    const waits = await stop();
    const longest = Math.max(...waits);
    return {
      title: `Backup of ${
        rows.toLocaleString("en-US")
      } entries over HTTP while ${WRITES_PER_SECOND} writes a second go on: none waits > ${WAIT_LIMIT_MS} ms`,
      columns: ["seconds", "write p50 ms", "write p99 ms", "longest write ms", "file", ""],
      rows: [[
        figure(seconds),
        figure(percentile(waits, 0.5)),
        figure(percentile(waits, 0.99)),
        figure(longest),
        `${figure((await stat(databaseFile(dir))).size / 1e6)} → ${figure(Number(size) / 1e6)} MB`,
        verdict(longest <= WAIT_LIMIT_MS),
      ]],
      notes: [
        `${waits.length} writes, each timed since it was due; in the three quiet seconds before: p99 ${
          figure(percentile(quiet, 0.99))
        } ms, longest ${figure(Math.max(...quiet))} ms`,
        "The backup is packed, verified and read back when it is answered",
      ],
    };
  });
}

interface RestoreRow {
  readonly name: string;
  readonly seconds: number;
  /** How long nobody was answered, in seconds. */
  readonly silence: number;
}

/** Restores, while something small is read again and again. */
async function timeRestore(api: Api, name: string, filename: string, log: string): Promise<RestoreRow> {
  let answered = performance.now();
  let silence = 0;
  const look = repeat(async () => {
    const answer = await api.call("GET", "gradients?q=none").catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status !== 200) return;
    silence = Math.max(silence, performance.now() - answered);
    answered = performance.now();
  });
  const begun = performance.now();
  const restored = await api.expect(200, "POST", `backups/${filename}/restore`);
  const seconds = (performance.now() - begun) / 1000;
  await pause(500);
  await look();
  if (restored["log"] !== log) throw new Error(`Cannot measure: ${JSON.stringify(restored)}`);
  return { name, seconds, silence: silence / 1000 };
}

async function measureRestore(dir: string, rows: number): Promise<Table> {
  const { filename, used } = await withServer(dir, async (api) => {
    await api.expect(201, "POST", "gradients", { ...GRADIENT, name: "Before" });
    const made = String((await api.expect(201, "POST", "backups"))["filename"]);
    await api.expect(201, "POST", "gradients", { ...GRADIENT, name: "After" });
    return { filename: made, used: await timeRestore(api, "the box that it was made on", made, "kept") };
  });
  const fresh = join(dir, "fresh");
  await mkdir(join(fresh, "backups"), { recursive: true, mode: 0o700 });
  await copyFile(join(dir, "backups", filename), join(fresh, "backups", filename));
  const empty = await withServer(
    fresh,
    (api) => timeRestore(api, "an empty box, which takes the log", filename, "taken"),
  );
  return {
    title: `Restore of a backup of ${rows.toLocaleString("en-US")} entries over HTTP (limit ${RESTORE_LIMIT_S} s)`,
    columns: ["on", "seconds", "of these nobody is answered", ""],
    rows: [used, empty].map(({ name, seconds, silence }) => [
      name,
      figure(seconds),
      figure(silence),
      verdict(seconds < RESTORE_LIMIT_S),
    ]),
    notes: ["Unpacked, verified, the present database copied and that copy verified, exchanged, opened anew"],
  };
}

/** Runs the measurement on a copy of a log that is filled and indexed: what is kept for the next benchmark stays whole. */
const onFilledLog = (name: string, measure: (dir: string, rows: number) => Promise<Table>): Bench => ({
  name,
  run: async ({ rows, keep }) => {
    const tables: Table[] = [];
    await withFilledLog(rows, keep, async (dir) => {
      await fillTextIndex(dir, rows);
      await withTempDir(async (copy) => {
        await copyFile(databaseFile(dir), databaseFile(copy));
        // The first commit would otherwise wait until all of the copy is on the disk.
        const file = await open(databaseFile(copy), "r+");
        await file.sync();
        await file.close();
        tables.push(await measure(copy, rows));
      });
    });
    return tables;
  },
});

export const backup = onFilledLog("backup", measureBackup);
export const restore = onFilledLog("restore", measureRestore);
