import type { Recorder } from "../audit/mod.ts";
import type { Clock, Entropy, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Fields } from "../entities/definition.ts";
import type { EntityChanged } from "../entities/service.ts";
import type { StoredEntity } from "../entities/store.ts";
import { createChangeLog } from "./change_log.ts";
import { type Control, createControl } from "./control.ts";
import type { DeviceHttp } from "./device_http.ts";
import { createLights, type Light } from "./lights.ts";
import { createMonitor } from "./monitor.ts";
import { createObserver, type DeviceMessage } from "./observer.ts";
import type { Network, Parting } from "./provider.ts";
import { PROVIDERS } from "./providers.ts";
import { createQueues } from "./queues.ts";
import { createTransitionLog } from "./transition_log.ts";

/** Health and control of the configured devices. */
export interface Devices extends Pick<Control, "read" | "change" | "identify"> {
  /** Takes over the devices that are stored; before anything else. */
  load(stored: readonly StoredEntity[]): void;
  /** Hears of every change of a device, after it is stored. */
  entityChanged(change: EntityChanged["change"], entity: StoredEntity): void;
  /** The read-only fields of a device; undefined for one that is not known. */
  statusOf(id: string): Fields | undefined;
  /**
   * Runs work that speaks to the device while nothing else here does. Refuses with `unavailable` when too many wait for the
   * device, and after the stop.
   */
  exclusively<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Begins to check; ends with the signal. */
  start(signal: AbortSignal): void;
  /**
   * Records what is held back, lets nothing new begin and waits for what is under way: some two seconds at most. Lights that
   * only hear are left as told.
   */
  stop(parting: Parting): Promise<void>;
}

const CHECK_EVERY_MS = 30_000;
/** Requests under way are waited for a little longer than this at a stop. */
const LAST_WORDS_MS = 2000;

export function createDevices(
  deps: {
    readonly recorder: Pick<Recorder, "record">;
    readonly context: ActorContext;
    readonly clock: Clock;
    readonly turn: Turn;
    readonly entropy: Entropy;
    readonly log: Log;
    readonly http: DeviceHttp;
    readonly network: Network;
    readonly announce: (message: DeviceMessage) => void;
    /** Between two checks of a device; 30 s when left out. */
    readonly checkMs: number | undefined;
  },
): Devices {
  const { turn } = deps;
  const lights = createLights({ providers: PROVIDERS, ports: { ...deps, delay: turn.delay } });
  const queues = createQueues({ turn });
  const changes = createChangeLog(deps);
  const transitions = createTransitionLog(deps);
  const observer = createObserver({ ...deps, transitions, changes });
  const cut = new AbortController();
  const recheck = (light: Light) => monitor.soon(light);
  const control = createControl({ ...deps, lights, queues, observer, recheck, signal: cut.signal });
  const monitor = createMonitor({ ...deps, check: control.check, everyMs: deps.checkMs ?? CHECK_EVERY_MS });

  const removed = (id: string) => {
    lights.remove(id);
    monitor.unwatch(id);
    changes.flush(id);
    transitions.forget(id);
  };
  const stored = (entity: StoredEntity) => {
    const fresh = lights.put(entity);
    if (fresh === undefined) return;
    changes.flush(entity.id);
    transitions.renew(entity.id);
    monitor.watch(fresh);
  };

  return {
    read: control.read,
    change: control.change,
    identify: control.identify,
    exclusively: queues.run,
    load: (all) => all.forEach(lights.put),
    entityChanged: (change, entity) => change === "deleted" ? removed(entity.id) : stored(entity),
    statusOf: (id) => {
      const light = lights.find(id);
      if (light === undefined) return undefined;
      const { failures: _, ...health } = light.health;
      return { ...health, state: light.state, capabilities: light.provider.capabilities };
    },
    start: (signal) => monitor.start(lights.all(), signal),
    stop: async (parting) => {
      changes.stop();
      transitions.stop();
      const cancel = turn.delay(() => cut.abort(), LAST_WORDS_MS);
      await Promise.all([queues.stop(), monitor.idle()]);
      await Promise.all(lights.all().map(({ link }) => link.close(parting)));
      cancel();
    },
  };
}
