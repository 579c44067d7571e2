import { drain, type Limits, missing, openBytes, readJson } from "./body.ts";
import { readQuery } from "./query.ts";
import type { Call, Caller, Route } from "./route.ts";
import { parsed } from "./validation.ts";

/** What a request brought, before any schema has seen it. */
export interface Input {
  readonly request: Request;
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** Query string without the `?`. */
  readonly search: string;
}

/** The border of trust: everything in the call that comes back has passed the route's schemas. */
export async function readCall(route: Route, input: Input, caller: Caller, limits: Limits): Promise<Call> {
  const { request } = input;
  const params = readParams(route, input.params);
  const query = readParameters(route, input.search);
  const bytes = route.rawBody && await openBytes(request, route.rawBody, limits);
  const body = bytes ? undefined : await readBody(route, request, limits);
  return {
    params,
    query,
    body,
    caller,
    headers: request.headers,
    head: request.method === "HEAD",
    get bytes() {
      return bytes ?? nothing();
    },
    // Asked for late: a runtime that makes the signal on demand is spared it by most routes.
    get signal() {
      return request.signal;
    },
  };
}

const nothing = () => new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });

/** A path that no resource can have is a path where nothing is. */
function readParams(route: Route, raw: Readonly<Record<string, string>>): unknown {
  if (route.params === undefined) return {};
  return parsed(route.params, raw, { code: "not_found", message: "Nothing can be at this path" });
}

function readParameters(route: Route, search: string): unknown {
  if (route.browser) return {};
  const raw = readQuery(search, route.query);
  if (route.query === undefined) return {};
  return parsed(route.query, raw, { code: "invalid", message: "The query is not as it must be" });
}

async function readBody(route: Route, request: Request, limits: Limits): Promise<unknown> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  if (route.body === undefined) return await drain(request, limits);
  const body = await readJson(request, limits);
  if (body !== undefined) {
    return parsed(route.body, body, { code: "invalid", message: "The body is not as it must be" });
  }
  if (route.bodyOptional === true) return undefined;
  throw missing();
}
