import { join } from "node:path";
import { type App, createApp } from "../../src/app.ts";
import type { RunAdb } from "../../src/adb/program.ts";
import type { Entry } from "../../src/audit/mod.ts";
import type { Clock, Turn } from "../../src/audit/ports.ts";
import { type AccessTexts, parseAccessConfig } from "../../src/auth/access_config.ts";
import { parseDeclaredKeys } from "../../src/auth/declared_keys.ts";
import { Refusal } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import type { ServerControl } from "../../src/base/server_control.ts";
import { backupSetup } from "../../src/cli/upkeep.ts";
import type { ConfigHistorySetup } from "../../src/config_history/service.ts";
import type { DeviceHttp } from "../../src/devices/device_http.ts";
import type { Mdns } from "../../src/discovery/mdns.ts";
import type { OwnService } from "../../src/discovery/own_records.ts";
import type { Outside } from "../../src/entities/definition.ts";
import { databaseFile, openDatabase } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { createLanHttp } from "../../src/runtime/lan_http.ts";
import { createLanNetwork, type LanNetwork } from "../../src/runtime/lan_network.ts";
import { createOutside } from "../../src/runtime/outside.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { systemProcess } from "../../src/runtime/process_facts.ts";
import { programRoot, readAsset, readMigrations } from "../../src/runtime/program_files.ts";
import { withTempDir } from "./engine.ts";

export interface AppOptions {
  readonly clock?: Clock;
  /** Timers by hand; turns of the event loop stay real. */
  readonly delay?: Turn["delay"];
  readonly access?: Partial<AccessTexts>;
  /** As in `LUMENLOG_API_KEYS`. */
  readonly declared?: string;
  readonly outside?: Outside;
  readonly deviceHttp?: DeviceHttp;
  /** Closed with the server. */
  readonly deviceNetwork?: LanNetwork;
  readonly deviceCheckMs?: number;
  /** No configuration is read from devices when it is left out. */
  readonly configHistory?: ConfigHistorySetup;
  /** Nothing is found when it is left out. */
  readonly mdns?: Mdns;
  /** The server is not announced when it is left out. */
  readonly own?: OwnService;
  /** There is no adb when it is left out. */
  readonly runAdb?: RunAdb;
  readonly control?: ServerControl;
}

/** Without a process around it nothing ends, and nobody gets the database. */
const NO_CONTROL: ServerControl = {
  restarts: "supervisor",
  ending: null,
  end: () => {},
  alone: () => Promise.reject(new Refusal("conflict", "Cannot do this without a server around it")),
};

export interface CallOptions {
  readonly json?: unknown;
  /** A body that is sent as JSON as it stands. */
  readonly text?: string;
  /** Null leaves one out that would be there otherwise. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly token?: string | undefined;
  /** Address of the socket's other end; this machine when left out. */
  readonly peer?: string;
}

/** The whole server over a real database file, without a socket. */
export interface TestApp {
  readonly app: App;
  readonly dir: string;
  readonly path: string;
  /** Lines of the process log. */
  readonly log: readonly string[];
  /** Sends a request as a client on this machine would. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Everything in the activity log, oldest first, read over a connection of its own. */
  entries(): readonly Entry[];
  /** Rows of any statement, over a connection of its own. */
  rows<R extends object>(sql: string): readonly R[];
  close(): Promise<void>;
}

export const HOST = "localhost:8420";

/** Opens the server on a data directory, which may have been used before. */
export async function openApp(dir: string, options: AppOptions = {}): Promise<TestApp> {
  const system = systemPorts();
  const turn = options.delay ? { ...system.turn, delay: options.delay } : system.turn;
  const ports = { ...system, turn, clock: options.clock ?? system.clock };
  const path = databaseFile(dir);
  const opened = await openDatabase({ kind: "file", path }, { ...ports, migrations: readMigrations(programRoot()) });
  if (!opened.ok) throw new Error(opened.reason);
  const log: string[] = [];
  const deviceHttp = options.deviceHttp ?? createLanHttp();
  const deviceNetwork = options.deviceNetwork ?? createLanNetwork();
  const app = await createApp({
    ...ports,
    sql: opened.sql,
    log: createLog("debug", (line) => log.push(line), ports.clock.now),
    process: systemProcess(),
    control: options.control ?? NO_CONTROL,
    about: { runtime: "tests", database: "file", startedAt: ports.clock.now() },
    backups: backupSetup({ kind: "file", path }, join(dir, "backups"), ports.clock.now),
    outside: options.outside ?? createOutside(deviceHttp),
    deviceHttp,
    deviceNetwork,
    ...(options.deviceCheckMs === undefined ? {} : { deviceCheckMs: options.deviceCheckMs }),
    ...(options.mdns && { discovery: discoveryOf(options.mdns, options.own) }),
    ...(options.runAdb && { runAdb: options.runAdb }),
    ...(options.configHistory && { configHistory: options.configHistory }),
    access: accessOf(options.access ?? {}),
    declaredKeys: declaredOf(options.declared ?? ""),
    readAsset: (name) => Promise.resolve(readAsset(programRoot(), name)),
  }).catch(async (error: unknown) => {
    await opened.sql.close();
    throw error;
  });
  const rows = <R extends object>(sql: string) => readRows<R>(path, sql);
  return {
    app,
    dir,
    path,
    log,
    call: (method, target, call = {}) =>
      app.fetch(requestOf(method, target, call), { address: call.peer ?? "127.0.0.1", secure: false }),
    rows,
    // The text was written by the server from a valid entry.
    entries: () =>
      rows<{ entry: string }>("SELECT entry FROM activity_log ORDER BY seq").map((row) =>
        JSON.parse(row.entry) as Entry
      ),
    close: async () => {
      await app.stop(() => Promise.resolve());
      await deviceNetwork.close();
      await opened.sql.close();
    },
  };
}

/** Runs the work with a server on a new database file. */
export async function withApp(work: (app: TestApp) => Promise<void>, options: AppOptions = {}): Promise<void> {
  await withTempDir(async (dir) => {
    const app = await openApp(dir, options);
    try {
      await work(app);
    } finally {
      await app.close();
    }
  });
}

function requestOf(method: string, target: string, { json, text, headers = {}, token }: CallOptions): Request {
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  const all = {
    host: HOST,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  };
  const sent = new Headers();
  for (const [name, value] of Object.entries(all)) if (value !== null) sent.set(name, value);
  return new Request(`http://${HOST}${target}`, { method, headers: sent, ...(body === undefined ? {} : { body }) });
}

function readRows<R extends object>(path: string, sql: string): readonly R[] {
  const reader = openFile(path, "read");
  try {
    // The test that wrote the statement knows its columns.
    return reader.all(sql, []) as unknown as readonly R[];
  } finally {
    reader.close();
  }
}

const discoveryOf = (mdns: Mdns, own: OwnService | undefined) => ({
  mdns,
  search: true,
  ...(own && { announcement: { own: () => own, reachable: () => true } }),
});

function accessOf(texts: Partial<AccessTexts>) {
  const none = { allowedHosts: [], allowedOrigins: [], trustedProxies: [], hostNames: ["studio"] };
  const parsed = parseAccessConfig({ ...none, ...texts });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  return parsed.config;
}

function declaredOf(text: string) {
  const parsed = parseDeclaredKeys(text);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.keys;
}
