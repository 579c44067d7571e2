import { type AccessConfig, parseAccessConfig } from "../auth/access_config.ts";
import { reasonOf } from "../base/errors.ts";
import { createLog, type Log } from "../base/log.ts";
import type { RestartWay } from "../base/server_control.ts";
import type { Config } from "../config.ts";
import { EVENTS_PATH } from "../events/routes.ts";
import type { HeldDataDir } from "../runtime/data_dir.ts";
import { databaseFile } from "../runtime/database.ts";
import { systemPorts } from "../runtime/ports.ts";
import { VERSION } from "../version.ts";
import { holdConfigured } from "./data_dir.ts";
import { declaredKeysOf } from "./declared_keys.ts";
import type { Edge, Listener, ListenOptions } from "./edge.ts";
import { createEndings, type Ending, type Endings } from "./endings.ts";
import { EXIT, Failure } from "./exit.ts";
import { createGate, type Gate } from "./gate.ts";
import { openGeneration } from "./generation.ts";
import { answersItself } from "./own_health.ts";
import { createPlace, type Place } from "./place.ts";
import { createServer, type Server } from "./server.ts";
import { beginTrial, type Trial } from "./trial.ts";
import { createUndoneUpdate } from "./undone.ts";

/** A stop that takes longer ends the process all the same. */
const STOP_LIMIT_MS = 10_000;

/** Runs the server until it is asked to stop or to restart. Throws a Failure when it cannot start. */
export async function serve(edge: Edge, config: Config, restarts: RestartWay): Promise<number> {
  const ports = systemPorts();
  const log = createLog(config.logLevel, edge.writeError, ports.clock.now, config.logFormat);
  const access = readAccess(config, edge.hostName);
  const declaredKeys = declaredKeysOf(config);
  const tls = readTls(edge, config);
  const dir = await holdConfigured(config);
  try {
    let ownPort: number | undefined;
    let startedAt = 0;
    const undone = createUndoneUpdate(dir.path);
    undone.begin();
    const trial = beginTrial({ dataDir: dir.path, edge, log });
    const gate = createGate();
    const endings = createEndings({ edge, restarts, log, limitMs: STOP_LIMIT_MS });
    const server = createServer({
      gate,
      endings,
      log,
      restarts,
      limitMs: STOP_LIMIT_MS,
      file: config.database.kind === "file" ? databaseFile(dir.path) : null,
      open: (control, anew) => {
        if (anew) startedAt = ports.clock.now();
        return undone.opened(() =>
          openGeneration({
            edge,
            config,
            ports,
            log,
            access,
            declaredKeys,
            dataDir: dir.path,
            control,
            startedAt,
            ownPort: () => ownPort,
          })
        );
      },
    });
    const place = createPlace({ config, dataDir: dir.path, clock: ports.clock, log });
    const listening = (port: number) => ownPort = port;
    return await run(edge, config, { server, endings, gate, dir, log, trial, place, tls, listening });
  } finally {
    dir.release();
  }
}

interface Running {
  readonly server: Server;
  readonly endings: Endings;
  readonly gate: Gate;
  readonly dir: HeldDataDir;
  readonly log: Log;
  readonly trial: Trial;
  readonly place: Place;
  readonly tls: ListenOptions["tls"];
  readonly listening: (port: number) => void;
}

async function run(edge: Edge, config: Config, running: Running): Promise<number> {
  const { server, endings, gate, dir, log, trial, place } = running;
  await server.open();
  const listener = await listen(edge, running).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const { port } = listener;
  running.listening(port);
  let how: Ending = "stop";
  try {
    await server.start();
    const url = urlOf(config, port);
    dir.announce({ pid: edge.pid, url, version: VERSION });
    warnOfClearTokens(config, log);
    tellWhere(edge, url, log);
    // Once a new version has answered, its port is no longer kept for the one before.
    const own = { edge, gate, host: config.host, port, secure: config.tls !== null };
    void trial.pass(() => answersItself(own)).then(place.forget, place.forget);
    how = await server.served();
  } catch (error) {
    endings.limit(EXIT.failure);
    throw error;
  } finally {
    if (how === "restart") place.keep(port);
    await server.stop(how, listener.close);
  }
  if (endings.code() !== EXIT.restart) place.forget();
  return endings.code();
}

async function listen(edge: Edge, { gate, place, tls }: Running): Promise<Listener> {
  const options = { tls, fetch: gate.fetch, socketPath: EVENTS_PATH, openSocket: gate.openSocket };
  try {
    return await place.take(({ host, port }) => edge.listen({ ...options, host, port }));
  } catch (error) {
    throw new Failure(EXIT.failure, reasonOf(error));
  }
}

/** PEM texts; null where it is not set. */
function readTls({ readText }: Edge, { tls }: Config): ListenOptions["tls"] {
  const read = (what: "cert" | "key", path: string) => {
    try {
      return readText(path);
    } catch (error) {
      throw new Failure(EXIT.usage, `Cannot use --tls-${what} ${JSON.stringify(path)}: ${reasonOf(error)}`);
    }
  };
  return tls && { cert: read("cert", tls.cert), key: read("key", tls.key) };
}

function readAccess(config: Config, hostName: string): AccessConfig {
  const parsed = parseAccessConfig({ ...config, hostNames: [hostName] });
  if (parsed.ok) return parsed.config;
  throw new Failure(EXIT.usage, parsed.problems.map(({ key, message }) => `${key}: ${message}`).join("\n"));
}

const urlOf = ({ host, tls }: Config, port: number) =>
  `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;

/** A terminal that is gone, or a full disk below the output, must not end a server that works. */
function tellWhere(edge: Pick<Edge, "write">, url: string, log: Log): void {
  try {
    edge.write(`lumenlog listening on ${url}\n`);
  } catch (error) {
    log.warning("Cannot tell on standard output where the server listens", { url, reason: reasonOf(error) });
  }
}

function warnOfClearTokens({ host, tls }: Config, log: Log): void {
  if (tls || host === "localhost" || host === "::1" || host.startsWith("127.")) return;
  log.warning("API keys cross the network in clear: set LUMENLOG_TLS_CERT and LUMENLOG_TLS_KEY to encrypt them");
}
