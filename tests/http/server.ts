import { createActorContext } from "../../src/base/context.ts";
import { Refusal } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { createHttp, type HttpDeps } from "../../src/http/app.ts";
import type { Authorize, Peer, Verdict } from "../../src/http/authorize.ts";
import type { Access, Route } from "../../src/http/route.ts";

export const PEER: Peer = { address: "192.0.2.7", secure: false };
export const ORIGIN = "http://lumenlog.test";

/** Lets in whoever says `Bearer let-me-in`, and everyone where anyone may call. */
export const authorize: Authorize = ({ access, headers, peer }) => verdict(access, headers, peer);

function verdict(access: Access | null, headers: Headers, peer: Peer): Verdict {
  const key = headers.get("authorization") === "Bearer let-me-in";
  if (!key && access?.who !== "anyone") {
    return { ok: false, refusal: new Refusal("unauthorized", "An API key is needed") };
  }
  return {
    ok: true,
    caller: { actor: key ? "desk" : "anonymous", role: key ? "admin" : null, key, client: peer.address },
  };
}

export interface Server {
  /** Sends a request with the key, unless the headers say otherwise. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a value as JSON. */
  post(path: string, value: unknown): Promise<Response>;
  /** Lines of the process log, parsed. */
  readonly log: Record<string, unknown>[];
}

export function serve(routes: readonly Route[], more: Partial<HttpDeps> = {}): Server {
  const log: Record<string, unknown>[] = [];
  let requests = 0;
  const http = createHttp({
    routes,
    authorize,
    context: createActorContext(),
    log: createLog("debug", (line) => log.push(JSON.parse(line)), () => 0),
    newId: () => `request-${++requests}`,
    ...more,
  });
  const send = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", "Bearer let-me-in");
    return http.fetch(new Request(ORIGIN + path, { ...init, headers }), PEER);
  };
  const post = (path: string, value: unknown) => send(path, jsonBody(JSON.stringify(value)));
  return { send, post, log };
}

export const jsonBody = (body: BodyInit): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body,
});

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly request_id: string;
  readonly users?: readonly string[];
}

export async function problemIn(response: Response): Promise<ProblemDocument> {
  if (response.headers.get("content-type") !== "application/problem+json") {
    throw new Error(`Not a problem document: ${response.status} ${await response.text()}`);
  }
  return await response.json();
}

/** What most tests about bad input ask: the status, and the fields that the problem names. */
export async function refusedFields(response: Response): Promise<readonly [number, readonly string[]]> {
  const problem = await problemIn(response);
  return [response.status, problem.errors.map(({ field }) => field)];
}
