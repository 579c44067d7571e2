import type { Recorder } from "../audit/mod.ts";
import type { Clock, Reader, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { OutsiderLimits } from "../base/throttle.ts";
import type { EntityChanged } from "../entities/service.ts";
import type { StoredEntity } from "../entities/store.ts";
import { createBrowser } from "./browser.ts";
import { createCache } from "./cache.ts";
import { createConfigured } from "./configured.ts";
import { type Discovered, discoveredOf, type Find } from "./find.ts";
import { createFinds } from "./finds.ts";
import { createJournal } from "./journal.ts";
import type { Hearing, Mdns } from "./mdns.ts";
import { createPresence } from "./presence.ts";
import { createSearches } from "./search.ts";
import { createSteady } from "./steady.ts";
import { loadFinds, loadIdentities } from "./store.ts";
import { createTelling, type DiscoveryMessage } from "./telling.ts";

/** Finds devices on the network that are not configured yet. */
export interface Discovery {
  /** Takes over what is stored; before anything else. */
  load(devices: readonly StoredEntity[]): Promise<void>;
  /** Hears of every change of a device, after it is stored. */
  entityChanged(change: EntityChanged["change"], device: StoredEntity): void;
  /** Present and not configured, by name. */
  listed(): readonly Discovered[];
  find(id: string): Find | undefined;
  /** True where searching is switched off. */
  readonly off: boolean;
  /** Why nothing is searched for now, in one sentence; null while it is. */
  problem(): string | null;
  /** Lines of JSON for every device that answers within the time. Refuses with `unavailable`. */
  search(seconds: number): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What it wants to hear. */
  readonly hearing: Hearing;
  /** Once it hears. */
  start(): void;
  /** Ends the searches that somebody watches, so that their answers end. */
  endSearches(): void;
  /** Puts on record what is not yet. */
  stop(): Promise<void>;
}

const TICK_MS = 1000;
/** Who is remembered from an earlier run and is not heard of within this time is lost. */
const REMEMBERED_MS = 180_000;
const OFF = "Discovery is switched off (LUMENLOG_DISCOVERY).";

export interface DiscoveryDeps {
  readonly sql: Reader;
  readonly recorder: Recorder;
  readonly context: ActorContext;
  readonly clock: Clock;
  readonly turn: Pick<Turn, "delay">;
  readonly log: Log;
  readonly newId: () => string;
  readonly limits: OutsiderLimits;
  /** The addresses that a host name has now; does not reject. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  readonly groupOf: (address: string) => string;
  /** Device types by the service under which they show themselves, e.g. `_wled._tcp.local`. */
  readonly services: Readonly<Record<string, string>>;
  /** Undefined when discovery is switched off. */
  readonly mdns: Mdns | undefined;
  readonly announce: (message: DiscoveryMessage) => void;
}

export function createDiscovery(deps: DiscoveryDeps): Discovery {
  const { sql, context, clock, turn, mdns } = deps;
  const services = Object.keys(deps.services);
  const steady = createSteady(clock);
  const cache = createCache({ clock: steady, services });
  const journal = createJournal(deps);
  const configured = createConfigured({
    learned: (known) => {
      learning = learning.then(() => journal.learned(known));
    },
  });
  const telling = createTelling(deps);
  const finds = createFinds({ ...deps, configured, journal, telling });
  const browser = createBrowser({ cache, turn, services, mdns: { query: (asked) => mdns?.query(asked) } });
  const searches = createSearches({ turn, browser });
  const presence = createPresence({ cache, finds, typeOf: (service) => deps.services[service], seen: searches.seen });
  const problem = () => mdns === undefined ? OFF : mdns.problem();
  let cancel = () => {};
  let heardSince: number | undefined;
  let stopped = false;
  let saving = Promise.resolve();
  let learning = Promise.resolve();
  let locating = Promise.resolve();

  /** Nobody is taken for gone while nothing can be heard. */
  const listen = () => {
    if (problem() !== null) heardSince = undefined;
    else if (heardSince === undefined) {
      heardSince = steady.now();
      cache.hold();
    }
    return heardSince;
  };

  const tick = () => {
    if (stopped) return;
    const now = steady.now(); // also while nothing is heard: it counts what it sees pass
    const since = listen();
    if (since !== undefined) {
      presence.expire();
      browser.complete();
      if (now - since >= REMEMBERED_MS) finds.dropRemembered();
    }
    saving = saving.then(() => finds.save(false));
    cancel = turn.delay(tick, TICK_MS);
  };

  const asSystem = <A extends readonly unknown[]>(work: (...args: A) => void) => (...args: A) =>
    context.runAsSystem(() => stopped ? undefined : work(...args));

  /** One name after the other: there may be hundreds, and every one may take its second. */
  const locate = (id: string, name: string) => {
    locating = locating.then(async () => {
      if (stopped || mdns === undefined || configured.nameOf(id) !== name) return;
      const addresses = await deps.resolve(name);
      if (stopped || configured.nameOf(id) !== name) return;
      configured.locate(id, addresses);
      finds.recheck();
    });
  };

  return {
    load: async (devices) => {
      finds.load(await loadFinds(sql));
      for (const { id, fields } of devices) configured.put(id, fields);
      (await loadIdentities(sql)).forEach(configured.recall);
    },
    entityChanged: asSystem((change, { id, fields }) => {
      if (change === "deleted") configured.remove(id);
      else configured.put(id, fields);
      const name = configured.nameOf(id);
      if (name === undefined) finds.recheck();
      else locate(id, name);
    }),
    listed: () => finds.listed().map(discoveredOf),
    find: finds.find,
    off: mdns === undefined,
    problem,
    search: (seconds) => {
      const why = problem();
      if (why !== null) throw new Refusal("unavailable", why);
      return context.runAsSystem(() => searches.open(seconds));
    },
    hearing: {
      answered: asSystem((records, sender) => {
        presence.heard(cache.hear(records, sender));
        browser.complete();
      }),
      asked: () => {},
      linked: asSystem(() => browser.begin()),
      unlinked: () => {},
    },
    start: () => {
      finds.recheck();
      for (const { id, name } of configured.named()) locate(id, name);
      tick();
    },
    endSearches: searches.stop,
    stop: async () => {
      stopped = true;
      cancel();
      browser.stop();
      searches.stop();
      telling.stop();
      journal.flush();
      await saving;
      await finds.save(true);
      await finds.idle();
      await learning;
    },
  };
}
