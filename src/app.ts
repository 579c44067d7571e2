import { createFilterReader } from "./activity/schemas.ts";
import { createActivityLog } from "./app/activity_log.ts";
import { createCore } from "./app/core.ts";
import { createDoor } from "./app/door.ts";
import { createGear } from "./app/gear.ts";
import type { Host } from "./app/host.ts";
import { createUpkeep } from "./app/upkeep.ts";
import type { Keys } from "./auth/keys.ts";
import { createLookups } from "./entities/lookups.ts";
import type { LiveSocket, SocketSession } from "./events/sessions.ts";
import { createHttp } from "./http/app.ts";
import type { Peer } from "./http/authorize.ts";
import { browserRoutes, lostPage } from "./http/browser_routes.ts";
import type { Route } from "./http/route.ts";
import { describeRoutes } from "./http/routes.ts";
import { createHttpCounts } from "./metrics/http_counts.ts";
import { metricsRoutes } from "./metrics/routes.ts";
import { createLifecycle } from "./server/lifecycle.ts";
import { healthRoutes } from "./server/routes.ts";
import { type ShutdownSetting, systemRoutes } from "./server/system_routes.ts";
import { openSetting } from "./settings/service.ts";
import { VERSION } from "./version.ts";

export interface App {
  fetch(request: Request, peer: Peer): Promise<Response>;
  /** A WebSocket at `EVENTS_PATH` that the edge accepted. */
  openSocket(socket: LiveSocket, headers: Headers, peer: Peer): SocketSession;
  /** Every route, for tests and descriptions. */
  readonly routes: readonly Route[];
  readonly keys: Keys;
  /** Begins background work and, if the server begins `anew`, puts the start on record; call it once the server listens. */
  start(how?: { readonly anew: boolean }): Promise<void>;
  /**
   * Ends everything in order; `close` lets nobody in any more. Only for a restore that is not put on record: the server
   * goes on afterwards. The database stays open.
   */
  stop(close: () => Promise<void>, reason?: Leaving): Promise<void>;
}

/** Why the server, or this app of it, ends; live clients are told. */
export type Leaving = "shutdown" | "restart" | "restore" | "update";

/** Builds every long-lived thing, once. Rejects when the database or its keys are not as they must be. */
export async function createApp(host: Host): Promise<App> {
  const core = await createCore(host);
  const { audit, context, clock, recorder } = core;
  const readFilter = createFilterReader(createLookups(host.sql));
  const door = await createDoor(core, host, readFilter);
  const log = createActivityLog(core, host, { readFilter, stands: door.stands });
  const gear = await createGear(core, host, door.limits);
  const upkeep = await createUpkeep(core, host);
  const shutdown = await openSetting<ShutdownSetting>(core, "shutdown_action", { action: "stop_targets" });
  const requests = createHttpCounts(host.process);
  const routes: readonly Route[] = [
    ...healthRoutes({
      version: VERSION,
      now: clock.now,
      begun: host.about.startedAt,
      authRequired: door.keys.any,
      audit: audit.health,
    }),
    ...metricsRoutes({
      ...host,
      version: VERSION,
      now: clock.now,
      http: requests,
      audit: audit.health,
      settings: audit.settings.current,
      devices: gear.countedDevices,
    }),
    ...log.routes,
    ...door.routes,
    ...gear.routes,
    ...upkeep.routes,
    ...systemRoutes({
      recorder,
      control: host.control,
      shutdown,
      about: { ...host.about, version: VERSION },
    }),
    ...browserRoutes({ readAsset: host.readAsset }),
    ...describeRoutes({ routes: () => routes, version: VERSION, readAsset: host.readAsset }),
  ];
  const http = createHttp({
    ...core,
    routes,
    lostPage: lostPage({ readAsset: host.readAsset }),
    authorize: door.authorize,
    observe: requests.begin,
  });
  const lifecycle = createLifecycle({ recorder, version: VERSION });
  const work = new AbortController();
  return {
    fetch: http.fetch,
    openSocket: door.sessions.open,
    routes,
    keys: door.keys,
    start: ({ anew } = { anew: true }) =>
      context.runAsSystem(async () => {
        if (anew) await lifecycle.started();
        log.start(work.signal);
        door.start(work.signal);
        await gear.start(work.signal);
        await upkeep.start(work.signal);
      }),
    stop: (close, reason = "shutdown") =>
      context.runAsSystem(async () => {
        if (reason !== "restore") lifecycle.stopping();
        work.abort();
        door.sessions.leave(reason);
        await Promise.all([
          close(),
          gear.leave(reason === "shutdown" ? shutdown.current().action : "leave"),
          upkeep.stop(),
        ]);
        await gear.stop();
        await audit.exports.stop();
        await door.stop();
        if (reason !== "restore") await lifecycle.stopped();
        await audit.stop();
      }),
  };
}
