import { randomUUID } from "node:crypto";
import type { App } from "../app.ts";
import type { Peer } from "../http/authorize.ts";
import { problemAnswer } from "../http/problem.ts";
import { toResponse } from "../http/response.ts";
import type { ListenOptions } from "./edge.ts";

/** Stands between the listening socket and the app, which may be replaced while the socket goes on. */
export interface Gate extends Pick<ListenOptions, "fetch" | "openSocket"> {
  /** Lets everybody through to this app. */
  open(app: App): void;
  /**
   * Lets nobody through any more: requests are answered 503 and are to be tried again. Resolves once no more than
   * `remaining` requests are under way, or after `ms` milliseconds.
   */
  shut(limits: { readonly remaining: number; readonly ms: number }): Promise<void>;
}

const RETRY_SECONDS = 1;
/** "Try again later", as live clients are told. */
const TRY_LATER = 1013;

export function createGate(): Gate {
  let app: App | undefined;
  let underWay = 0;
  let ended = () => {};

  const pass = async (to: App, request: Request, peer: Peer): Promise<Response> => {
    underWay++;
    try {
      return await to.fetch(request, peer);
    } finally {
      underWay--;
      ended();
    }
  };
  return {
    fetch: (request, peer) => app === undefined ? Promise.resolve(later(request)) : pass(app, request, peer),
    openSocket: (socket, headers, peer) => {
      if (app !== undefined) return app.openSocket(socket, headers, peer);
      socket.close(TRY_LATER, "server_restarting");
      return { message: () => {}, closed: () => {} };
    },
    open: (given) => void (app = given),
    shut: async ({ remaining, ms }) => {
      app = undefined;
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, ms);
        ended = () => {
          if (underWay > remaining) return;
          clearTimeout(limit);
          resolve();
        };
        ended();
      });
      ended = () => {};
    },
  };
}

function later({ method }: Request): Response {
  const headers = { "retry-after": String(RETRY_SECONDS) };
  const detail = "The server is restarting: try again in a moment";
  const requestId = randomUUID();
  return toResponse(problemAnswer({ code: "unavailable", detail, headers }, requestId), requestId, method === "HEAD");
}
