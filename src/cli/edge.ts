import type { LiveSocket, SocketSession } from "../events/sessions.ts";
import type { Peer } from "../http/authorize.ts";
import type { Order } from "../runtime/restart_orders.ts";
import type { Schedule } from "../runtime/schedule.ts";

/** What each runtime does in its own way: the process around the program, and its listening socket. */
export interface Edge {
  /** Without the program's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Of the process that started this one. */
  readonly parentPid: number;
  /** What this process runs on, with its version, e.g. `Deno 2.9.6`. */
  readonly runtime: string;
  /** The program's own file, an absolute path, where it is one file with its runtime; null otherwise. */
  readonly binary: string | null;
  /** Starts this very program in a process of its own; null where that cannot be. Never throws. */
  readonly startSelf: ((how: SelfStart) => ChildServer) | null;
  /** This machine's own name. */
  readonly hostName: string;
  /** The text of a file; throws when it cannot be read. */
  readText(path: string): string;
  /** Standard output. */
  write(text: string): void;
  /** Standard output, no faster than it is taken; false when nobody reads it any more. */
  writeBytes(bytes: Uint8Array): Promise<boolean>;
  /** Standard error. */
  writeError(text: string): void;
  /** Characters in a line of the terminal that standard output, or standard error, is; null when it is none. */
  columnsOf(stream: "output" | "error"): number | null;
  /** Resolves once it listens; rejects when it cannot. */
  listen(options: ListenOptions): Promise<Listener>;
  /** Calls at each such signal, which then does nothing else. Nothing happens where there is no such signal. */
  onSignal(signal: StopSignal, callback: () => void): void;
  /** Calls at the times of a cron pattern until the signal aborts; never keeps the process alive. */
  readonly schedule: Schedule;
  /** Ends the process at once. */
  exit(code: number): never;
}

/** Signals that would end the process: Ctrl-C, an order to end, the end of the terminal. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface SelfStart {
  /** Without the program's own name. */
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The program as a process of its own that follows the orders of this one. */
export interface ChildServer {
  /**
   * Tells it to stop in order, or at once; nothing happens when it has ended. Orders come on its standard input: when this
   * process ends, however, that ends too, and the server stops in order.
   */
  order(order: Order): void;
  /** Ends it whatever it does. */
  kill(): void;
  /** Never rejects. */
  readonly ended: Promise<ChildEnded>;
}

export interface ChildEnded {
  /** 128 + the signal's number when a signal ended it; 1 when it could not be started. */
  readonly code: number;
  /** Why it could not be started; null when it was. */
  readonly problem: string | null;
}

export interface ListenOptions {
  /** An address without brackets, or a name. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly fetch: (request: Request, peer: Peer) => Promise<Response>;
  /** Where WebSockets are accepted. */
  readonly socketPath: string;
  readonly openSocket: (socket: LiveSocket, headers: Headers, peer: Peer) => SocketSession;
}

export interface Listener {
  readonly port: number;
  /** Accepts nothing more and waits for what is under way, at most some seconds. */
  close(): Promise<void>;
}

/** A process that could not be started. */
export const notStarted = (error: unknown): ChildServer => {
  const problem = error instanceof Error ? error.message : String(error);
  return { order: () => {}, kill: () => {}, ended: Promise.resolve({ code: 1, problem }) };
};

/**
 * Milliseconds that requests under way are waited for at a stop: a little more than a device may take to answer, a
 * little less than a start waits for the data directory.
 */
export const CLOSE_LIMIT_MS = 2850;

/** The longest message of a live client that is read, in bytes; a longer one counts as unreadable. */
export const MESSAGE_LIMIT = 16 * 1024;
