import { Hono } from "hono";
import type { Peer } from "./authorize.ts";
import { DEFAULT_LIMITS, type Limits } from "./body.ts";
import { createExchange, type Exchange, type ExchangeDeps } from "./exchange.ts";
import { type Resource, resourcesOf } from "./resources.ts";
import type { Route } from "./route.ts";

export interface HttpDeps extends Omit<ExchangeDeps, "limits"> {
  /** No two with the same method and path. */
  readonly routes: readonly Route[];
  /** Answers a person's browser that asks for what is not there, outside of `/api/`. */
  readonly lostPage?: Route;
  readonly limits?: Partial<Limits>;
}

/** The whole HTTP API as one function of web standards. */
export interface Http {
  /** Answers every request, never rejects; `peer` is the socket's other end. */
  fetch(request: Request, peer: Peer): Promise<Response>;
}

interface Env {
  readonly Bindings: { readonly peer: Peer };
}

export function createHttp({ routes, lostPage, limits, ...deps }: HttpDeps): Http {
  const exchange = createExchange({ ...deps, limits: { ...DEFAULT_LIMITS, ...limits } });
  const router = new Hono<Env>();
  for (const resource of resourcesOf(routes)) register(router, resource, exchange);
  const [lost] = resourcesOf(lostPage === undefined ? [] : [lostPage]);
  router.notFound(({ req, env }) => {
    const resource = isLost(req.raw) ? lost : undefined;
    return exchange({ request: req.raw, peer: env.peer, resource, params: {} });
  });
  return { fetch: async (request, peer) => await router.fetch(request, { peer }) };
}

/** One handler for a path, whatever the method: the exchange knows which exist, and answers for the others. */
function register(router: Hono<Env>, resource: Resource, exchange: Exchange): void {
  const pattern = resource.path.replaceAll(/\{(\w+)\}/g, ":$1");
  router.all(pattern, ({ req, env }) => {
    return exchange({ request: req.raw, peer: env.peer, resource, params: req.param() });
  });
}

const isLost = ({ method, url, headers }: Request): boolean =>
  method === "GET" && headers.get("accept")?.includes("text/html") === true && !/^[^/]*\/\/[^/]*\/api\//.test(url);
