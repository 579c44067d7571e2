import { type ReadonlySignal, signal } from "@preact/signals";
import { type LeavingReason, type LiveMessage, parseMessage } from "./messages.ts";
import { report } from "./report.ts";

export type LiveStatus =
  | { readonly name: "connecting" }
  | { readonly name: "live" }
  /** The connection is lost since then (milliseconds since 1970); the next attempt comes by itself. */
  | { readonly name: "reconnecting"; readonly since: number }
  | { readonly name: "stopped" };

/** The server said that it goes; `since` in milliseconds since 1970. */
export interface Leaving {
  readonly reason: LeavingReason;
  readonly since: number;
}

/** The server's live events: one connection for the whole page, resumed where it broke off. */
export interface Live {
  readonly status: ReadonlySignal<LiveStatus>;
  /** From when the server says that it goes until the page is live again. */
  readonly leaving: ReadonlySignal<Leaving | undefined>;
  /**
   * Hears every message in order, from now on; returns how to stop. That all starts over is told once the server is
   * back: before that nothing could be read anew.
   */
  on(listener: (message: LiveMessage) => void): () => void;
  start(): void;
  stop(): void;
  /** Tries at once, e.g. when the network is back. */
  retry(): void;
  /** Finds out whether a connection that seems to live does: the network may be gone without a word. */
  verify(): Promise<void>;
}

export interface LiveDeps {
  readonly url: string;
  readonly token: () => string | null;
  /** The key is refused, revoked or expired. */
  readonly unauthorized: (used: string | null, reason: string) => void;
  /** Whether the server answers now. */
  readonly alive: () => Promise<boolean>;
}

const UNAUTHORIZED = 4401;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10_000;
/** A server that said it goes is tried more often, for a while. */
const RETURN_WAIT_MS = 500;
const RETURN_MS = 30_000;
/** A server that takes longer to greet than this does not. */
const GREETING_MS = 8000;
/** After so long without a message it is asked whether it is still there. */
const SILENCE_MS = 30_000;

export function createLive({ url, token, unauthorized, alive }: LiveDeps): Live {
  const status = signal<LiveStatus>({ name: "stopped" });
  const leaving = signal<Leaving | undefined>(undefined);
  const listeners = new Set<(message: LiveMessage) => void>();
  /** Where the stream stands: sent again so that nothing is missed and nothing comes twice. */
  let place: { readonly seq: number; readonly logId: string } | undefined;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** What is there after the server's return has nothing to do with what was there before. */
  let startsOver = false;
  let head = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => void verify().catch(report), SILENCE_MS);
  };

  const note = (message: LiveMessage) => {
    if (message.type === "auth_ok") {
      head = message.head_seq;
      // A first connection starts at the head; a later one goes on where the last one ended.
      place = place?.logId === message.log_id ? place : { seq: message.head_seq, logId: message.log_id };
    } else if (message.type === "activity_logged" && place) place = { ...place, seq: message.seq };
    else if (message.type === "caught_up") {
      if (place) place = { ...place, seq: message.seq };
      failures = 0;
      status.value = { name: "live" };
      leaving.value = undefined;
    } else if (message.type === "reset" && place) place = { ...place, seq: head };
    else if (message.type === "server_restarting") leaving.value = { reason: message.reason, since: Date.now() };
  };

  const tell = (message: LiveMessage) => {
    for (const listener of [...listeners]) listener(message);
  };
  const hear = (message: LiveMessage) => {
    if (message.type === "reset" && leaving.value !== undefined) {
      startsOver = true;
      place = undefined;
      return;
    }
    note(message);
    tell(message);
    if (message.type !== "auth_ok" || !startsOver) return;
    startsOver = false;
    tell({ type: "reset" });
  };

  const verify = async () => {
    const asked = socket;
    if (asked === undefined || status.value.name !== "live") return;
    if (await alive()) heard();
    else if (socket === asked) drop(asked);
  };

  /** Closing it may take long where nobody answers: it is given up at once. */
  const drop = (dead: WebSocket) => {
    dead.onclose = null;
    dead.close();
    lost({ code: 0, reason: "" }, token());
  };

  const lost = (closed: { readonly code: number; readonly reason: string }, used: string | null) => {
    socket = undefined;
    clearTimeout(silence);
    if (closed.code === UNAUTHORIZED) {
      status.value = { name: "stopped" };
      // Whoever came without a key had none that could be revoked.
      const reason = used === null ? "token_missing" : closed.reason;
      return unauthorized(used, REASONS[reason] ?? "The key is not accepted any more.");
    }
    const now = status.value;
    status.value = now.name === "reconnecting" ? now : { name: "reconnecting", since: Date.now() };
    const told = leaving.value;
    const isSoon = told !== undefined && Date.now() - told.since < RETURN_MS;
    const wait = isSoon ? RETURN_WAIT_MS : Math.min(FIRST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS);
    timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
  };

  const connect = () => {
    clearTimeout(timer);
    const used = token();
    const opened = new WebSocket(url);
    socket = opened;
    const late = setTimeout(() => socket === opened && drop(opened), GREETING_MS);
    opened.onopen = () =>
      opened.send(JSON.stringify({
        type: "auth",
        ...(used === null ? {} : { token: used }),
        ...(place === undefined ? {} : { after_seq: place.seq, log_id: place.logId }),
      }));
    opened.onmessage = ({ data }) => {
      const message = socket === opened ? parseMessage(data) : undefined;
      if (message === undefined) return;
      if (message.type === "auth_ok") clearTimeout(late);
      heard();
      hear(message);
    };
    opened.onclose = (event) => {
      clearTimeout(late);
      if (socket === opened) lost(event, used);
    };
  };

  const stop = () => {
    clearTimeout(timer);
    clearTimeout(silence);
    const open = socket;
    socket = undefined;
    open?.close();
    place = undefined;
    failures = 0;
    startsOver = false;
    leaving.value = undefined;
    status.value = { name: "stopped" };
  };

  return {
    status,
    leaving,
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => {
      stop();
      status.value = { name: "connecting" };
      connect();
    },
    stop,
    retry: () => {
      if (status.value.name !== "reconnecting" || socket !== undefined) return;
      failures = 0;
      connect();
    },
    verify,
  };
}

/** What the server says when it closes for want of a right. */
const REASONS: Readonly<Record<string, string>> = {
  key_revoked: "The key was revoked.",
  token_expired: "The key has expired.",
  token_missing: "A key is needed now: somebody made the first one.",
  token_unknown: "The key is not known to this server.",
};
