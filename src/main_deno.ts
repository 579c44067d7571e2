import { CLOSE_LIMIT_MS, type Edge, type ListenOptions, MESSAGE_LIMIT } from "./cli/edge.ts";
import { runProgram } from "./cli/program.ts";
import type { Peer } from "./http/authorize.ts";

const IDLE_SECONDS = 30;

const edge: Edge = {
  args: Deno.args,
  env: Deno.env.toObject(),
  pid: Deno.pid,
  hostName: Deno.hostname(),
  readText: (path) => Deno.readTextFileSync(path),
  write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
  writeError: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
  listen: async (options) => {
    const { host, port, tls } = options;
    const server = Deno.serve(
      { hostname: host, port, onListen: () => {}, ...(tls ?? {}) },
      (request, { remoteAddr }) => {
        const address = "hostname" in remoteAddr ? remoteAddr.hostname : "";
        return answer(options, request, { address, secure: tls !== null });
      },
    );
    await Promise.resolve();
    return { port: server.addr.port, close: () => within(CLOSE_LIMIT_MS, server.shutdown()) };
  },
  onStopSignal: (callback) => {
    Deno.addSignalListener("SIGINT", callback);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", callback);
  },
  exit: (code) => Deno.exit(code),
};

function answer(options: ListenOptions, request: Request, peer: Peer): Response | Promise<Response> {
  const wantsSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
  if (!wantsSocket || pathOf(request) !== options.socketPath) return options.fetch(request, peer);
  const headers = new Headers(request.headers); // after the upgrade they cannot be read any more
  let upgraded: Deno.WebSocketUpgrade;
  try {
    upgraded = Deno.upgradeWebSocket(request, { idleTimeout: IDLE_SECONDS });
  } catch {
    return options.fetch(request, peer); // no proper handshake: it is answered as the plain request that it is
  }
  const { socket, response } = upgraded;
  socket.addEventListener("open", () => {
    const session = options.openSocket(
      {
        send: (text) => socket.readyState === WebSocket.OPEN ? socket.send(text) : undefined,
        close: (code, reason) => socket.close(code, reason),
        buffered: () => socket.bufferedAmount,
      },
      headers,
      peer,
    );
    socket.addEventListener("message", ({ data }) => {
      const tooLong = typeof data === "string" && data.length > MESSAGE_LIMIT;
      session.message(tooLong ? undefined : data);
    });
    socket.addEventListener("close", session.closed);
    socket.addEventListener("error", session.closed);
  });
  return response;
}

const pathOf = (request: Request) => new URL(request.url).pathname;

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const limit = AbortSignal.timeout(ms);
  await Promise.race([work, new Promise((resolve) => limit.addEventListener("abort", resolve, { once: true }))]);
}

Deno.exit(await runProgram(edge));
