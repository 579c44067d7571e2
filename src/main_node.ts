import { createAdaptorServer } from "@hono/node-server";
import { createServer as createPlainServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import process from "node:process";
import { type WebSocket, WebSocketServer } from "ws";
import { CLOSE_LIMIT_MS, type Edge, type ListenOptions, MESSAGE_LIMIT } from "./cli/edge.ts";
import { runProgram } from "./cli/program.ts";
import type { Peer } from "./http/authorize.ts";

const PING_MS = 15_000;

const edge: Edge = {
  args: process.argv.slice(2),
  env: process.env,
  pid: process.pid,
  hostName: hostname(),
  readText: (path) => readFileSync(path, "utf8"),
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  listen,
  onStopSignal: (callback) => {
    process.on("SIGINT", callback);
    process.on("SIGTERM", callback);
  },
  exit: (code) => process.exit(code),
};

async function listen(options: ListenOptions) {
  const { host, port, tls } = options;
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => options.fetch(request, peerOf(incoming, tls !== null)),
    overrideGlobalObjects: false,
    ...(tls ? { createServer: createTlsServer, serverOptions: tls } : { createServer: createPlainServer }),
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_LIMIT });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    if (request.url?.split("?")[0] !== options.socketPath) return void socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (client) => accept(options, client, request, tls !== null));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  // A server that listens on a port has an address with one.
  const { port: taken } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      const limit = setTimeout(() => {
        if ("closeAllConnections" in server) server.closeAllConnections();
        resolve();
      }, CLOSE_LIMIT_MS);
      server.close(() => {
        clearTimeout(limit);
        resolve();
      });
      if ("closeIdleConnections" in server) server.closeIdleConnections();
    });
  return { port: taken, close };
}

function accept(options: ListenOptions, client: WebSocket, request: IncomingMessage, secure: boolean): void {
  const session = options.openSocket(
    {
      send: (text) => client.readyState === client.OPEN ? client.send(text) : undefined,
      close: (code, reason) => client.close(code, reason),
      buffered: () => client.bufferedAmount,
    },
    headersOf(request),
    peerOf(request, secure),
  );
  let alive = true;
  // The protocol has no timer of its own for a peer that is gone.
  const ping = setInterval(() => {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
  }, PING_MS);
  client.on("pong", () => alive = true);
  client.on("message", (data, isBinary) => session.message(isBinary ? undefined : String(data)));
  client.on("error", () => client.terminate());
  client.on("close", () => {
    clearInterval(ping);
    session.closed();
  });
}

const peerOf = (
  request: { readonly socket: { readonly remoteAddress?: string | undefined } },
  secure: boolean,
): Peer => ({
  address: request.socket.remoteAddress ?? "",
  secure,
});

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

process.exitCode = await runProgram(edge);
process.exit();
