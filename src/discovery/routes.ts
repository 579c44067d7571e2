import type { z } from "zod";
import { countsOf } from "../http/batch.ts";
import { type Route, route } from "../http/route.ts";
import type { Adopt } from "./adoption.ts";
import { adoptedSchema, ADOPTION, DISCOVERED_LIST, SEARCH, SEARCH_LINES } from "./schemas.ts";
import type { Discovery } from "./service.ts";

const TAG = "devices";

export interface DiscoveryRoutesDeps {
  readonly discovery: Pick<Discovery, "listed" | "off" | "problem" | "search">;
  readonly adopt: Adopt;
  /** Of a device as its own routes answer it. */
  readonly deviceSchema: z.ZodType;
}

/** What is found on the network, and how it becomes a configured device. */
export const discoveryRoutes = (deps: DiscoveryRoutesDeps): readonly Route[] => [
  listRoute(deps),
  searchRoute(deps),
  adoptRoute(deps),
];

const listRoute = ({ discovery }: DiscoveryRoutesDeps) =>
  route({
    method: "GET",
    path: "/api/v1/devices/discovered",
    access: { who: "viewer" },
    summary: "List the devices that are on the network and not configured, by name",
    tag: TAG,
    answers: { 200: DISCOVERED_LIST },
    handle: () => {
      const items = discovery.listed();
      const problem = discovery.problem();
      return Promise.resolve({
        status: 200,
        json: { items, total: items.length, searching: problem === null, off: discovery.off, problem },
      });
    },
  });

const searchRoute = ({ discovery }: DiscoveryRoutesDeps) =>
  route({
    method: "POST",
    path: "/api/v1/devices/discover",
    access: { who: "operator" },
    summary: "Search the network for some seconds and tell of each device as it answers; 503 when that cannot be",
    tag: TAG,
    body: SEARCH,
    bodyOptional: true,
    answers: { 200: SEARCH_LINES },
    produces: "application/x-ndjson",
    handle: ({ body }) => {
      const { timeout_seconds } = body ?? SEARCH.parse({});
      return Promise.resolve({
        status: 200,
        type: "application/x-ndjson",
        // A runtime that compresses by itself would gather what should flow.
        headers: { "cache-control": "no-store, no-transform" },
        stream: discovery.search(timeout_seconds),
      });
    },
  });

const adoptRoute = ({ adopt, deviceSchema }: DiscoveryRoutesDeps) =>
  route({
    method: "POST",
    path: "/api/v1/devices/discovered/adopt",
    access: { who: "operator" },
    summary: "Make devices of found ones, each under a name that is free; what fails for one does not stop the others",
    tag: TAG,
    body: ADOPTION,
    answers: { 200: adoptedSchema(deviceSchema) },
    handle: async ({ body }) => {
      const items = await adopt(body.ids, body.tags);
      return { status: 200, json: { items, ...countsOf(items) } };
    },
  });
