import { createAdaptorServer } from "@hono/node-server";
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { createServer as createPlainServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { constants, hostname } from "node:os";
import process from "node:process";
import { type WebSocket, WebSocketServer } from "ws";
import {
  type ChildServer,
  CLOSE_LIMIT_MS,
  type Edge,
  type ListenOptions,
  MESSAGE_LIMIT,
  notStarted,
  type SelfStart,
} from "./cli/edge.ts";
import { launch } from "./cli/launch.ts";
import type { Peer } from "./http/authorize.ts";
import { scheduleHere } from "./runtime/schedule.ts";

/** Bytes; a longer message ends its connection, as nothing may be kept in memory without a bound. */
const LARGEST_PAYLOAD = 1024 * 1024;
const PING_MS = 15_000;
const IDLE_POLL_MS = 20;

const script = process.argv[1];

const edge: Edge = {
  args: process.argv.slice(2),
  env: process.env,
  pid: process.pid,
  parentPid: process.ppid,
  runtime: `Node.js ${process.versions.node}`,
  binary: null,
  startSelf: script === undefined ? null : (how) => startChild([...process.execArgv, script], how),
  hostName: hostname(),
  readText: (path) => readFileSync(path, "utf8"),
  write: (text) => void process.stdout.write(text),
  writeBytes,
  columnsOf: (stream) => {
    const { isTTY, columns } = stream === "output" ? process.stdout : process.stderr;
    return isTTY ? columns || 80 : null;
  },
  writeError: (text) => void process.stderr.write(text),
  listen,
  onSignal: (signal, callback) => void process.on(signal, callback),
  schedule: scheduleHere,
  exit: (code) => process.exit(code),
};

// Who reads no more is told to whoever writes; without a listener it would end the process.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

function startChild(first: readonly string[], { args, env }: SelfStart): ChildServer {
  const child = spawn(process.execPath, [...first, ...args], { env, stdio: ["pipe", "inherit", "inherit"] });
  child.stdin.on("error", () => {}); // it has ended, which is told by its end
  return {
    order: (order) => void child.stdin.write(`${order}\n`),
    kill: () => void child.kill("SIGKILL"),
    ended: new Promise((resolve) => {
      child.on("error", (error) => void resolve(notStarted(error).ended));
      child.on("exit", (code, signal) => {
        resolve({ code: signal === null ? code ?? 1 : 128 + constants.signals[signal], problem: null });
      });
    }),
  };
}

function writeBytes(bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => {
      if (error && (!("code" in error) || error.code !== "EPIPE")) reject(error);
      else resolve(!error);
    });
  });
}

async function listen(options: ListenOptions) {
  const { host, port, tls } = options;
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => options.fetch(request, peerOf(incoming, tls !== null)),
    overrideGlobalObjects: false,
    ...(tls ? { createServer: createTlsServer, serverOptions: tls } : { createServer: createPlainServer }),
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_PAYLOAD });
  server.on("upgrade", (request: IncomingMessage, socket, head) => {
    const wanted = request.headers.upgrade?.toLowerCase() === "websocket";
    if (!wanted || request.url?.split("?")[0] !== options.socketPath) {
      socket.unshift(plainRequest(request, head));
      return void server.emit(tls ? "secureConnection" : "connection", socket);
    }
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
        done();
      }, CLOSE_LIMIT_MS);
      // A connection that was busy at the stop is kept open after its answer, and nothing else closes it.
      const idle = setInterval(() => {
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      }, IDLE_POLL_MS);
      const done = () => {
        clearTimeout(limit);
        clearInterval(idle);
        resolve();
      };
      server.close(done);
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
  client.on("message", (data, isBinary) => {
    const readable = !isBinary && Buffer.isBuffer(data) && data.length <= MESSAGE_LIMIT;
    session.message(readable ? data.toString() : undefined);
  });
  client.on("error", () => client.terminate());
  client.on("close", () => {
    clearInterval(ping);
    session.closed();
  });
}

/** Node hands over every request to upgrade, also those that are none of ours: without the wish it is read again. */
function plainRequest({ method, url, rawHeaders }: IncomingMessage, head: Uint8Array): Uint8Array {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (!/^(?:connection|upgrade|http2-settings)$/i.test(name)) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]);
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

// What the program is made of comes later: a parent process starts without it.
process.exitCode = await launch(edge, async () => (await import("./cli/program.ts")).runProgram);
process.exit();
