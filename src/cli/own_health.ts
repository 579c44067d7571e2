import { EVENTS_PATH } from "../events/routes.ts";
import { problemAnswer } from "../http/problem.ts";
import { toResponse } from "../http/response.ts";
import { answersHealth, takesConnections } from "../runtime/restart_health.ts";
import type { Edge, ListenOptions } from "./edge.ts";
import type { Gate } from "./gate.ts";

interface Own {
  readonly edge: Pick<Edge, "listen">;
  readonly gate: Pick<Gate, "fetch">;
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/**
 * Whether this server answers, asked over its own socket. Where that speaks HTTPS, not every runtime talks to a certificate
 * that is its own or for another name: then that socket is only knocked at, and the question goes to one in clear, which is
 * for it alone. Never rejects.
 */
export async function answersItself({ edge, gate, host, port, secure }: Own): Promise<boolean> {
  if (!secure) return await answersHealth({ host, port });
  if (!(await takesConnections({ host, port }))) return false;
  const options = { host: "127.0.0.1", port: 0, tls: null, socketPath: EVENTS_PATH, openSocket: refuseSocket };
  const door = await edge.listen({ ...options, fetch: (request, peer) => healthOnly(gate, request, peer) })
    .catch(() => undefined); // not even on this machine alone: that is no answer either
  if (door === undefined) return false;
  try {
    return await answersHealth({ host: options.host, port: door.port });
  } finally {
    await door.close();
  }
}

const healthOnly: (gate: Own["gate"], ...call: Parameters<ListenOptions["fetch"]>) => Promise<Response> = (
  gate,
  request,
  peer,
) => new URL(request.url).pathname === "/health" ? gate.fetch(request, peer) : Promise.resolve(nothing());

function nothing(): Response {
  return toResponse(problemAnswer({ code: "not_found", detail: "Only /health is here" }, ""), "", false);
}

const refuseSocket: ListenOptions["openSocket"] = (socket) => {
  socket.close(1008, "not_here");
  return { message: () => {}, closed: () => {} };
};
