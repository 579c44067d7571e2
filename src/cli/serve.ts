import { join } from "node:path";
import { type App, createApp } from "../app.ts";
import { type AccessConfig, parseAccessConfig } from "../auth/access_config.ts";
import { createLog, type Log } from "../base/log.ts";
import type { Config } from "../config.ts";
import { EVENTS_PATH } from "../events/routes.ts";
import { adbServerPort, createRunAdb } from "../runtime/adb.ts";
import { readConfigKey } from "../runtime/config_key.ts";
import type { HeldDataDir } from "../runtime/data_dir.ts";
import { createLanHttp } from "../runtime/lan_http.ts";
import { createLanNetwork } from "../runtime/lan_network.ts";
import { systemProcess } from "../runtime/process_facts.ts";
import { createOutside } from "../runtime/outside.ts";
import { systemPorts } from "../runtime/ports.ts";
import { createRunOverSsh } from "../runtime/ssh.ts";
import { programRoot, readAsset } from "../runtime/program_files.ts";
import { VERSION } from "../version.ts";
import { holdConfigured } from "./data_dir.ts";
import { declaredKeysOf } from "./declared_keys.ts";
import type { Edge, Listener } from "./edge.ts";
import { EXIT, Failure } from "./exit.ts";
import { mdnsOf } from "./mdns.ts";
import { openConfigured } from "./open_database.ts";

/** Runs the server until it is asked to stop. Throws a Failure when it cannot start. */
export async function serve(edge: Edge, config: Config): Promise<number> {
  const ports = systemPorts();
  const log = createLog(config.logLevel, edge.writeError, ports.clock.now, config.logFormat);
  const access = readAccess(config, edge.hostName);
  const declaredKeys = declaredKeysOf(config);
  const dir = await holdConfigured(config);
  try {
    const sql = await openConfigured(config, ports);
    const deviceNetwork = createLanNetwork();
    try {
      const root = programRoot();
      const configKey = readConfigKey(dir.path);
      let ownPort: number | undefined;
      const deviceHttp = createLanHttp({ ownPort: () => ownPort });
      const app = await createApp({
        ...ports,
        sql,
        log,
        process: systemProcess(),
        access,
        declaredKeys,
        outside: createOutside(deviceHttp),
        deviceHttp,
        deviceNetwork,
        deviceCheckMs: config.deviceCheckSeconds * 1000,
        runAdb: createRunAdb(edge.env),
        adbServerPort: adbServerPort(edge.env),
        configHistory: {
          key: configKey,
          runOverSsh: createRunOverSsh({ environment: edge.env, knownHosts: join(dir.path, "known_hosts") }),
          site: config.site,
        },
        ...mdnsOf(config, { ...ports, log, hostName: edge.hostName, port: () => ownPort ?? config.port }),
        readAsset: (name) => Promise.resolve(readAsset(root, name)),
        schedule: edge.schedule,
      });
      await run(edge, config, { app, dir, log, listening: (port) => ownPort = port });
    } finally {
      await deviceNetwork.close();
      await sql.close();
    }
  } finally {
    dir.release();
  }
  return EXIT.asked;
}

async function run(
  edge: Edge,
  config: Config,
  { app, dir, log, listening }: { app: App; dir: HeldDataDir; log: Log; listening: (port: number) => void },
): Promise<void> {
  const stop = stopRequested(edge);
  const listener = await listen(edge, config, app);
  listening(listener.port);
  try {
    await app.start();
    const url = urlOf(config, listener.port);
    dir.announce({ pid: edge.pid, url, version: VERSION });
    warnOfClearTokens(config, log);
    edge.write(`lumenlog listening on ${url}\n`);
    await stop;
  } finally {
    await app.stop(listener.close);
  }
}

/** Resolves at the first signal; the second ends the process at once. */
function stopRequested(edge: Edge): Promise<void> {
  let asked = false;
  return new Promise((resolve) =>
    edge.onStopSignal(() => {
      if (asked) edge.exit(EXIT.failure);
      asked = true;
      resolve();
    })
  );
}

async function listen(edge: Edge, config: Config, app: App): Promise<Listener> {
  const { host, port, tls } = config;
  try {
    return await edge.listen({
      host,
      port,
      tls: tls && { cert: edge.readText(tls.cert), key: edge.readText(tls.key) },
      fetch: app.fetch,
      socketPath: EVENTS_PATH,
      openSocket: app.openSocket,
    });
  } catch (error) {
    throw new Failure(EXIT.failure, `Cannot listen on ${host} port ${port}: ${reasonOf(error)}`);
  }
}

function readAccess(config: Config, hostName: string): AccessConfig {
  const parsed = parseAccessConfig({ ...config, hostNames: [hostName] });
  if (parsed.ok) return parsed.config;
  throw new Failure(EXIT.usage, parsed.problems.map(({ key, message }) => `${key}: ${message}`).join("\n"));
}

const urlOf = ({ host, tls }: Config, port: number) =>
  `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;

function warnOfClearTokens({ host, tls }: Config, log: Log): void {
  if (tls || host === "localhost" || host === "::1" || host.startsWith("127.")) return;
  log.warning("API keys cross the network in clear: set LUMENLOG_TLS_CERT and LUMENLOG_TLS_KEY to encrypt them");
}

const reasonOf = (error: unknown) => error instanceof Error ? error.message : String(error);
