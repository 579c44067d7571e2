import { CLOSE_LIMIT_MS, type Edge, type ListenOptions, MESSAGE_LIMIT } from "./cli/edge.ts";
import { runProgram } from "./cli/program.ts";
import type { Peer } from "./http/authorize.ts";
import type { Schedule } from "./runtime/schedule.ts";

const IDLE_SECONDS = 30;

/** The runtime's own cron may be switched off: it is not yet a stable part of it. */
const schedule: Schedule = typeof Deno.cron === "function"
  ? (pattern, work, signal) => {
    const ended = Deno.cron("log retention", pattern, { signal }, work);
    ended.catch((error: unknown) => edge.writeError(`lumenlog: no schedule: ${error}\n`));
  }
  : (await import("./runtime/schedule.ts")).scheduleHere;

const edge: Edge = {
  args: Deno.args,
  env: Deno.env.toObject(),
  pid: Deno.pid,
  hostName: Deno.hostname(),
  readText: (path) => Deno.readTextFileSync(path),
  write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
  writeBytes,
  columnsOf: (stream) => (stream === "output" ? Deno.stdout : Deno.stderr).isTerminal() ? terminalColumns() : null,
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
  schedule,
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

async function writeBytes(bytes: Uint8Array): Promise<boolean> {
  try {
    for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return false;
    throw error;
  }
}

function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80; // a terminal that does not tell
  }
}

const pathOf = (request: Request) => new URL(request.url).pathname;

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const limit = AbortSignal.timeout(ms);
  await Promise.race([work, new Promise((resolve) => limit.addEventListener("abort", resolve, { once: true }))]);
}

Deno.exit(await runProgram(edge));
