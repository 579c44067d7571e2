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
import type { Schedule } from "./runtime/schedule.ts";

const IDLE_SECONDS = 30;

/** The runtime's own cron may be switched off: it is not yet a stable part of it. */
const schedule: Schedule = typeof Deno.cron === "function"
  ? createDenoSchedule((reason) => edge.writeError(`lumenlog: no schedule: ${reason}\n`))
  : (await import("./runtime/schedule.ts")).scheduleHere;

/** The runtime takes each name once, also when its signal has aborted: one for each pattern, and whose turn it is changes. */
function createDenoSchedule(failed: (reason: unknown) => void): Schedule {
  const turns = new Map<string, () => Promise<void>>();
  return (pattern, work, signal) => {
    if (signal.aborted) return;
    const known = turns.has(pattern);
    turns.set(pattern, work);
    signal.addEventListener("abort", () => turns.get(pattern) === work && turns.set(pattern, () => Promise.resolve()));
    if (known) return;
    const name = `timetable ${pattern.replaceAll("*", "x").replaceAll(/[^\w ]/g, "-")}`;
    Deno.cron(name, pattern, () => turns.get(pattern)?.()).catch(failed);
  };
}

/** Read before an update may put another file there. */
const binary = Deno.build.standalone ? Deno.execPath() : null;

const edge: Edge = {
  args: Deno.args,
  env: Deno.env.toObject(),
  pid: Deno.pid,
  parentPid: Deno.ppid,
  runtime: `Deno ${Deno.version.deno}`,
  binary,
  // From its source the runtime may not start itself: the start task does not allow that.
  startSelf: binary === null ? null : (how) => startChild(binary, how),
  hostName: Deno.hostname(),
  readText: (path) => Deno.readTextFileSync(path),
  write: (text) => say(Deno.stdout, text, isUnread),
  writeBytes,
  columnsOf: (stream) => (stream === "output" ? Deno.stdout : Deno.stderr).isTerminal() ? terminalColumns() : null,
  // A terminal that is gone, a disk that is full: what cannot be said must not end what goes on without it.
  writeError: (text) => say(Deno.stderr, text, () => true),
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
  onSignal: (signal, callback) => {
    if (Deno.build.os !== "windows" || signal === "SIGINT") Deno.addSignalListener(signal, callback);
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

/** Not by node:child_process, which takes a start of one's own file for one of the runtime, with its arguments. */
function startChild(command: string, { args, env }: SelfStart): ChildServer {
  try {
    const child = new Deno.Command(command, { args: [...args], env, clearEnv: true, stdin: "piped" }).spawn();
    const orders = child.stdin.getWriter();
    const kill = () => {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended already
      }
    };
    return {
      // Rejects when it has ended, which is told by its end.
      order: (order) => void orders.write(new TextEncoder().encode(`${order}\n`)).catch(() => {}),
      kill,
      ended: child.status.then(({ code }) => ({ code, problem: null })),
    };
  } catch (error) {
    return notStarted(error);
  }
}

function say(to: { writeSync(bytes: Uint8Array): number }, text: string, mayFail: (error: unknown) => boolean): void {
  try {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
  } catch (error) {
    if (!mayFail(error)) throw error;
  }
}

const isUnread = (error: unknown): boolean => error instanceof Deno.errors.BrokenPipe;

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

// What the program is made of comes later: a parent process starts without it.
Deno.exit(await launch(edge, async () => (await import("./cli/program.ts")).runProgram));
