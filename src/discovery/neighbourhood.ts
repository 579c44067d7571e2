import type { Log } from "../base/log.ts";
import type { Fields } from "../entities/definition.ts";
import type { Entities, EntityChanged } from "../entities/service.ts";
import type { StoredEntity } from "../entities/store.ts";
import { createBatch } from "../http/batch.ts";
import type { Route } from "../http/route.ts";
import { createAdoption } from "./adoption.ts";
import { createAnnouncement } from "./announcement.ts";
import type { Mdns } from "./mdns.ts";
import type { OwnService } from "./own_records.ts";
import { discoveryRoutes, type DiscoveryRoutesDeps } from "./routes.ts";
import { createDiscovery, type DiscoveryDeps } from "./service.ts";

/** What the edge brings to find devices and to be found. */
export interface DiscoverySetup {
  readonly mdns: Mdns;
  /** Whether devices are searched for. */
  readonly search: boolean;
  /** How this server announces itself, and at which of its addresses; it does not when this is left out. */
  readonly announcement?: {
    /** Asked once the server listens. */
    readonly own: () => OwnService;
    readonly reachable: (address: string) => boolean;
  };
}

/** The network around this server: the devices that show themselves there, and the server's own presence. */
export interface Neighbourhood {
  /** Takes over what is stored; before anything else. */
  load(devices: readonly StoredEntity[]): Promise<void>;
  /** Hears of every change of a device, after it is stored. */
  entityChanged(change: EntityChanged["change"], device: StoredEntity): void;
  routes(
    deps: {
      readonly entities: Pick<Entities, "list" | "create">;
      /** A device as its own routes answer it, and the schema of that. */
      readonly present: (device: StoredEntity) => Fields;
      readonly deviceSchema: DiscoveryRoutesDeps["deviceSchema"];
    },
  ): readonly Route[];
  /** Once the server listens. */
  start(): void;
  /** Says goodbye, and ends the answers that somebody still reads. */
  leave(): Promise<void>;
  /** After that: closes the sockets and puts on record what is not yet. */
  stop(): Promise<void>;
}

export function createNeighbourhood(
  { setup, ...deps }:
    & Omit<DiscoveryDeps, "mdns">
    & { readonly log: Log; readonly setup: DiscoverySetup | undefined },
): Neighbourhood {
  const searched = setup?.search ? setup.mdns : undefined;
  const discovery = createDiscovery({ ...deps, mdns: searched });
  const announcement = setup?.announcement && createAnnouncement({ ...deps, ...setup.announcement, mdns: setup.mdns });
  return {
    load: discovery.load,
    entityChanged: discovery.entityChanged,
    routes: ({ entities, present, deviceSchema }) => {
      const adopt = createAdoption({
        find: discovery.find,
        names: async () => (await entities.list("device", {})).map(({ name }) => name),
        create: (body) => entities.create("device", body),
        present,
        batch: createBatch(deps),
      });
      return discoveryRoutes({ discovery, adopt, deviceSchema });
    },
    start: () => {
      if (searched) discovery.start();
      const hearings = [searched ? discovery.hearing : [], announcement?.hearing ?? []].flat();
      if (hearings.length > 0) setup?.mdns.start(hearings);
    },
    leave: async () => {
      discovery.endSearches();
      await announcement?.stop();
    },
    stop: async () => void await Promise.all([setup?.mdns.stop(), discovery.stop()]),
  };
}
