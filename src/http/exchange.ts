import type { ActorContext } from "../base/context.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { type Target, targetOf } from "./address.ts";
import type { Attempt, Authorize, Peer } from "./authorize.ts";
import type { Limits } from "./body.ts";
import { type Commits, createCommits } from "./commits.ts";
import { createFailures, type Failures } from "./failures.ts";
import { readCall } from "./input.ts";
import type { Resource } from "./resources.ts";
import { toResponse } from "./response.ts";
import type { Answer, Caller, Route } from "./route.ts";

export interface ExchangeDeps {
  readonly authorize: Authorize;
  readonly context: ActorContext;
  readonly log: Log;
  /** A fresh, unguessable request id. */
  readonly newId: () => string;
  readonly limits: Limits;
  /** Told of each request as it comes, with the pattern of its path; and then of the status of its answer. */
  readonly observe?: (seen: { readonly method: string; readonly path: string | undefined }) => (status: number) => void;
}

/** A request together with where the router says it goes. */
export interface Arrival {
  readonly request: Request;
  readonly peer: Peer;
  /** Undefined when nothing is at the path. */
  readonly resource: Resource | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** From an arrival to its response, whatever happens; resolves only after everything recorded on the way is stored. */
export type Exchange = (arrival: Arrival) => Promise<Response>;

const unseen = () => () => {};

export function createExchange({ authorize, context, log, newId, limits, observe = unseen }: ExchangeDeps): Exchange {
  async function guarded(arrival: Arrival, target: Target, commits: Commits): Promise<Answer> {
    const { recorded } = commits;
    const attempt = attemptOf(arrival, target);
    const verdict = await context.run({ actor: "anonymous", recorded }, () => authorize(attempt));
    if (!verdict.ok) throw verdict.refusal;
    const { caller } = verdict;
    return await context.run({ actor: caller.actor, recorded }, () => performed(arrival, target, caller));
  }

  async function responded(arrival: Arrival, commits: Commits, failures: Failures): Promise<Response> {
    const send = (answer: Answer) => toResponse(answer, failures.requestId, arrival.request.method === "HEAD");
    try {
      return send(await guarded(arrival, targetOf(arrival.request.url), commits));
    } catch (error) {
      return send(failures.answer(error));
    }
  }

  async function performed(arrival: Arrival, target: Target, caller: Caller): Promise<Answer> {
    const { request, params } = arrival;
    const route = routeOf(arrival);
    if (route === undefined) return withoutRoute(arrival);
    return await route.handle(await readCall(route, { request, params, search: target.search }, caller, limits));
  }

  return async (arrival) => {
    const { request, resource } = arrival;
    const answered = observe({ method: request.method, path: resource?.path });
    const failures = createFailures(log, { requestId: newId(), method: request.method, resource });
    const commits = createCommits(failures.entryLost);
    const response = await responded(arrival, commits, failures);
    await commits.settled();
    answered(response.status);
    return response;
  };
}

const routeOf = ({ request, resource }: Arrival): Route | undefined => resource?.routes.get(request.method);

function attemptOf(arrival: Arrival, target: Target): Attempt {
  const { request, peer } = arrival;
  const access = routeOf(arrival)?.access ?? null;
  return { method: request.method, path: target.path, headers: request.headers, peer, access, upgrade: false };
}

function withoutRoute({ request, resource }: Arrival): Answer {
  if (resource === undefined) throw new Refusal("not_found", "Nothing is at this path");
  if (request.method === "OPTIONS") return { status: 204, headers: { allow: resource.allow } };
  throw new Refusal("method_not_allowed", `This path knows only ${resource.allow}`);
}
