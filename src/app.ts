import { actionsRoutes } from "./activity/actions_routes.ts";
import { CATALOGUE } from "./activity/catalogue.ts";
import { createDownload, type Order } from "./activity/download.ts";
import { exportRoutes } from "./activity/export_routes.ts";
import { activityRoutes } from "./activity/routes.ts";
import { createFilterReader, FILTER } from "./activity/schemas.ts";
import { tallyRoutes } from "./activity/tally_routes.ts";
import { createTickets } from "./activity/tickets.ts";
import { upkeepRoutes } from "./activity/upkeep_routes.ts";
import type { RunAdb } from "./adb/program.ts";
import { adbRoutes } from "./adb/routes.ts";
import { createAdb } from "./adb/service.ts";
import { bindActions, createAuditEngine, entryTest, type LogSettings } from "./audit/mod.ts";
import type { Clock, Entropy, Sql, Turn } from "./audit/ports.ts";
import type { AccessConfig } from "./auth/access_config.ts";
import { createAccess } from "./auth/access.ts";
import { authActions } from "./auth/actions.ts";
import type { DeclaredKey } from "./auth/declared_keys.ts";
import { createKeys, type Keys } from "./auth/keys.ts";
import { groupOf, parseAddress } from "./auth/address.ts";
import { createRejections } from "./auth/rejections.ts";
import { keyRoutes, sessionRoutes } from "./auth/routes.ts";
import { createActorContext } from "./base/context.ts";
import { createDailyBudget } from "./base/daily_budget.ts";
import type { Log } from "./base/log.ts";
import { createUlids } from "./base/ulid.ts";
import { configHistoryRoutes } from "./config_history/routes.ts";
import { type ConfigHistorySetup, createConfigHistory } from "./config_history/service.ts";
import { bulkRoutes } from "./devices/bulk_routes.ts";
import { createDeviceFiles } from "./devices/device_file.ts";
import type { DeviceHttp } from "./devices/device_http.ts";
import type { Network } from "./devices/provider.ts";
import { deviceRoutes } from "./devices/routes.ts";
import { createDevices } from "./devices/service.ts";
import { createNeighbourhood, type DiscoverySetup } from "./discovery/neighbourhood.ts";
import { deviceEntity } from "./devices/entity.ts";
import { PROVIDERS } from "./devices/providers.ts";
import type { EntityTypeName, Fields, Outside } from "./entities/definition.ts";
import { entityRoutes, presentEntity } from "./entities/routes.ts";
import { entitySchemas } from "./entities/schemas.ts";
import { createLookups } from "./entities/lookups.ts";
import { createEntities } from "./entities/service.ts";
import { ENTITY_DEFINITIONS } from "./entity_types.ts";
import { eventRoutes } from "./events/routes.ts";
import { createSessions, type LiveSocket, type SocketSession } from "./events/sessions.ts";
import { createHttp } from "./http/app.ts";
import { browserRoutes, lostPage } from "./http/browser_routes.ts";
import type { Peer } from "./http/authorize.ts";
import type { Route } from "./http/route.ts";
import { describeRoutes } from "./http/routes.ts";
import { createLifecycle } from "./server/lifecycle.ts";
import { healthRoutes } from "./server/routes.ts";
import { VERSION } from "./version.ts";

/** What the edge brings: the database, and the world as this runtime reaches it. */
export interface Host {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly outside: Outside;
  readonly deviceHttp: DeviceHttp;
  readonly deviceNetwork: Network;
  /** Milliseconds between two health checks of a device; 30 s when left out. */
  readonly deviceCheckMs?: number;
  /** For reading the configurations of devices; without it that is not done. */
  readonly configHistory?: ConfigHistorySetup;
  /** Runs this machine's adb; without it there is none. */
  readonly runAdb?: RunAdb;
  /** Without it nothing is found on the network, and this server is not announced. */
  readonly discovery?: DiscoverySetup;
  readonly access: AccessConfig;
  readonly declaredKeys: readonly DeclaredKey[];
  /** A file of `public/` by its path in it. */
  readonly readAsset: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Calls at the times of a cron pattern until the signal aborts; nothing recurs when it is left out. */
  readonly schedule?: (pattern: string, work: () => Promise<void>, signal: AbortSignal) => void;
}

export interface App {
  fetch(request: Request, peer: Peer): Promise<Response>;
  /** A WebSocket at `EVENTS_PATH` that the edge accepted. */
  openSocket(socket: LiveSocket, headers: Headers, peer: Peer): SocketSession;
  /** Every route, for tests and descriptions. */
  readonly routes: readonly Route[];
  readonly keys: Keys;
  /** Begins background work and puts the start on record; call it once the server listens. */
  start(): Promise<void>;
  /** Ends everything in order and puts that on record; `close` ends the listener. The database stays open. */
  stop(close: () => Promise<void>): Promise<void>;
}

/** Callers without a key may cause a hundredth of what the log keeps in a day; of a log without limit, of its largest. */
const outsidersPerDay = ({ maxEntries }: LogSettings) => Math.floor((maxEntries ?? 10_000_000) / 100);

/** Who counts as one sender of packets. */
const groupOfText = (text: string): string => {
  const address = parseAddress(text);
  return address === undefined ? "unknown" : groupOf(address);
};

/** Device types by the service under which they show themselves. */
const DISCOVERED_BY: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(PROVIDERS).flatMap(([type, { service }]) => service === null ? [] : [[service, type]]),
);

/** Hourly, at a minute of its own: on the hour everything else runs. */
const RETENTION_PATTERN = "17 * * * *";
const FIRST_RETENTION_MS = 5000;

/** Builds every long-lived thing, once. Rejects when the database or its keys are not as they must be. */
export async function createApp(host: Host): Promise<App> {
  const { sql, clock, turn, entropy, log } = host;
  const context = createActorContext();
  const audit = await createAuditEngine({ sql, clock, turn, entropy, scope: context.current });
  const { recorder, live } = audit;
  /** Never rejects: what could not be removed is the next run's. */
  const retain = () =>
    context.runAsSystem(async () => {
      await audit.retention.run();
      const error = audit.retention.lastError();
      if (error !== undefined) log.error("Old entries could not be removed", { error: String(error) });
    });
  const retainBehind = () => void retain();
  const newId = createUlids({ clock, entropy });

  const keys = createKeys({ sql, recorder, clock, turn, entropy, declared: host.declaredKeys });
  await keys.load();
  const budget = createDailyBudget({ clock, perDay: () => outsidersPerDay(audit.settings.current()) });
  const rejections = createRejections({ recorder, turn, budget });
  const access = createAccess({ keys, rejections, config: host.access });

  const readFilter = createFilterReader(createLookups(sql));
  const authLog = bindActions(recorder, authActions);
  const sessions = createSessions({
    gate: access,
    connected: (client) => authLog.record("auth.ws_connected", { metadata: { client } }),
    expiryOf: (actor) => expiryOf(keys, actor),
    live,
    testOf: async (given) => {
      const parsed = FILTER.safeParse(given);
      return parsed.success ? entryTest(await readFilter(parsed.data)) : undefined;
    },
    head: audit.head,
    logId: audit.logId,
    context,
    clock,
    turn,
    log,
  });
  keys.onRevoked((label) => {
    sessions.closeActor(label);
    void audit.exports.cut(label).catch(() => undefined); // counted as lost by whoever stores it
  });

  const devices = createDevices({
    recorder,
    context,
    clock,
    turn,
    entropy,
    log,
    http: host.deviceHttp,
    network: host.deviceNetwork,
    announce: (message) => live.announce(JSON.stringify(message)),
    checkMs: host.deviceCheckMs,
  });
  const neighbourhood = createNeighbourhood({
    sql,
    recorder,
    context,
    clock,
    turn,
    log,
    newId,
    budget,
    groupOf: groupOfText,
    services: DISCOVERED_BY,
    setup: host.discovery,
    announce: (message) => live.announce(JSON.stringify(message)),
  });
  const configHistory = createConfigHistory({
    sql,
    recorder,
    context,
    clock,
    turn,
    entropy,
    log,
    newId,
    readFile: createDeviceFiles({ devices, http: host.deviceHttp }),
    setup: host.configHistory,
  });
  const entities = createEntities({
    sql,
    recorder,
    clock,
    newId,
    definitions: ENTITY_DEFINITIONS,
    outside: host.outside,
    announce: (message, entity) => {
      live.announce(JSON.stringify(message));
      if (entity.type !== "device") return;
      devices.entityChanged(message.change, entity);
      neighbourhood.entityChanged(message.change, entity);
      configHistory.entityChanged(message.change, entity);
    },
  });
  const adb = createAdb({ run: host.runAdb, resolve: host.outside.resolve, recorder });
  const configured = await entities.list("device", {});
  devices.load(configured);
  configHistory.load(configured);
  await neighbourhood.load(configured);
  const statusOf: Partial<Record<EntityTypeName, (id: string) => Fields | undefined>> = { device: devices.statusOf };
  const routes: readonly Route[] = [
    ...healthRoutes({ version: VERSION, now: clock.now, authRequired: keys.any, audit: audit.health }),
    ...activityRoutes({ query: audit.query, readFilter }),
    ...actionsRoutes(CATALOGUE),
    ...tallyRoutes({ query: audit.query, readFilter }),
    ...exportRoutes({
      exports: audit.exports,
      download: createDownload({ exports: audit.exports, readFilter, clock }),
      tickets: createTickets<Order>({ clock, entropy }),
      newId,
      stands: (actor) => keyStands(keys, actor, clock.now()),
    }),
    ...upkeepRoutes({ settings: audit.settings, clear: audit.clear, retain, retainBehind, turn }),
    ...eventRoutes(),
    ...sessionRoutes(),
    ...keyRoutes({ keys }),
    ...Object.values(ENTITY_DEFINITIONS).flatMap((definition) =>
      entityRoutes(entities, definition, statusOf[definition.type])
    ),
    ...deviceRoutes(devices),
    ...bulkRoutes({ devices, entities, log }),
    ...neighbourhood.routes({
      entities,
      present: (device) => presentEntity(deviceEntity, device, devices.statusOf(device.id)),
      deviceSchema: entitySchemas(deviceEntity).entity,
    }),
    ...adbRoutes(adb),
    ...configHistoryRoutes(configHistory),
    ...browserRoutes({ readAsset: host.readAsset }),
    ...describeRoutes({ routes: () => routes, version: VERSION, readAsset: host.readAsset }),
  ];
  const http = createHttp({
    routes,
    lostPage: lostPage({ readAsset: host.readAsset }),
    authorize: access.authorize,
    context,
    log,
    newId,
  });

  const lifecycle = createLifecycle({ recorder, version: VERSION });
  const work = new AbortController();
  return {
    fetch: http.fetch,
    openSocket: sessions.open,
    routes,
    keys,
    start: () =>
      context.runAsSystem(async () => {
        await lifecycle.started();
        audit.start(work.signal);
        if (host.schedule) {
          turn.delay(retainBehind, FIRST_RETENTION_MS);
          host.schedule(RETENTION_PATTERN, retain, work.signal);
        }
        keys.start(work.signal);
        devices.start(work.signal);
        await configHistory.start(work.signal);
        neighbourhood.start();
      }),
    stop: (close) =>
      context.runAsSystem(async () => {
        lifecycle.stopping();
        work.abort();
        sessions.closeAll();
        await Promise.all([close(), devices.stop(), adb.stop(), configHistory.stop(), neighbourhood.leave()]);
        await neighbourhood.stop();
        await audit.exports.stop();
        rejections.flush();
        await keys.flushLastUse();
        await lifecycle.stopped();
        await audit.stop();
      }),
  };
}

function keyStands(keys: Keys, actor: string, now: number): boolean {
  const key = keys.list().find(({ label }) => label === actor);
  return key !== undefined && (key.expiresAt === null || Date.parse(key.expiresAt) > now);
}

function expiryOf(keys: Keys, actor: string): number | undefined {
  const expiresAt = keys.list().find(({ label }) => label === actor)?.expiresAt;
  return expiresAt ? Date.parse(expiresAt) : undefined;
}
