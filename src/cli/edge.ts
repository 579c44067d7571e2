import type { LiveSocket, SocketSession } from "../events/sessions.ts";
import type { Peer } from "../http/authorize.ts";
import type { Schedule } from "../runtime/schedule.ts";

/** What each runtime does in its own way: the process around the program, and its listening socket. */
export interface Edge {
  /** Without the program's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
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
  /** Calls at each signal to stop. */
  onStopSignal(callback: () => void): void;
  /** Calls at the times of a cron pattern until the signal aborts; never keeps the process alive. */
  readonly schedule: Schedule;
  /** Ends the process at once. */
  exit(code: number): never;
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

/**
 * Milliseconds that requests under way are waited for at a stop: a little more than a device may take to answer, a
 * little less than a start waits for the data directory.
 */
export const CLOSE_LIMIT_MS = 2850;

/** The longest message of a live client that is read, in bytes; a longer one counts as unreadable. */
export const MESSAGE_LIMIT = 16 * 1024;
