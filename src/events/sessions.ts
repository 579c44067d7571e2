import type { Entry, Live } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Peer } from "../http/authorize.ts";
import type { Caller } from "../http/route.ts";
import { type AuthMessage, parseAuthMessage } from "./messages.ts";

/** A WebSocket as each runtime's edge presents it. Calls on a closed one do nothing. */
export interface LiveSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Bytes that were sent and have not left yet. */
  buffered(): number;
}

/** What the edge tells of a socket. */
export interface SocketSession {
  message(data: unknown): void;
  closed(): void;
}

export interface Sessions {
  /** A socket that was just accepted, with the headers and the peer of its request. */
  open(socket: LiveSocket, headers: Headers, peer: Peer): SocketSession;
  /** Closes the sockets of an actor whose right has ended. */
  closeActor(actor: string): void;
  /** Tells every client why the server goes, and that it may come back; after a restore it starts over. */
  leave(reason: "shutdown" | "restart" | "restore" | "update"): void;
}

type Gated<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly reason: string };

/** Who may connect. Every refusal is put on record where it is decided. */
export interface SocketGate {
  /** Before the first message: host and origin alone. */
  authorizeSocket(headers: Headers, peer: Peer): Gated<unknown>;
  authorizeToken(token: string | undefined, headers: Headers, peer: Peer): Gated<{ readonly caller: Caller }>;
  /** A client whose first message came late or was none. */
  denySocket(reason: "auth_late" | "auth_malformed", headers: Headers, peer: Peer): unknown;
}

interface Deps {
  readonly gate: SocketGate;
  /** Puts an established session on record. */
  readonly connected: (client: string) => void;
  /** When the key of this label expires, in milliseconds since 1970; undefined for never. */
  readonly expiryOf: (actor: string) => number | undefined;
  readonly live: Pick<Live, "follow">;
  /** The test that a first message's filter means; undefined when it is none. */
  readonly testOf: (filter: Readonly<Record<string, unknown>>) => Promise<((entry: Entry) => boolean) | undefined>;
  readonly head: () => Promise<number>;
  readonly logId: () => Promise<string>;
  readonly context: ActorContext;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly log: Log;
}

const AUTH_LIMIT_MS = 5000;
const UNAUTHENTICATED_LIMIT = 256;
const LONGEST_DELAY_MS = 86_400_000;
const CLOSE = {
  goingAway: 1001,
  restarting: 1012,
  failed: 1011,
  tryLater: 1013,
  unauthorized: 4401,
  forbidden: 4403,
  invalid: 4422,
};

interface Session {
  readonly send: (text: string) => void;
  readonly end: (code: number, reason: string) => void;
  actor?: string;
}

export function createSessions(deps: Deps): Sessions {
  const sessions = new Set<Session>();
  let unauthenticated = 0;

  const open = (socket: LiveSocket, headers: Headers, peer: Peer): SocketSession => {
    const ended = new AbortController();
    let waiting = true;
    const settle = () => {
      if (waiting) unauthenticated--;
      waiting = false;
      cancelLimit();
    };
    const forget = () => {
      settle();
      sessions.delete(session);
      ended.abort();
    };
    const session: Session = {
      send: socket.send,
      end: (code, reason) => {
        forget();
        socket.close(code, reason);
      },
    };
    const deny = (reason: "auth_late" | "auth_malformed") => {
      deps.gate.denySocket(reason, headers, peer);
      session.end(CLOSE.unauthorized, reason);
    };
    unauthenticated++;
    const cancelLimit = deps.turn.delay(() => deny("auth_late"), AUTH_LIMIT_MS);
    sessions.add(session);
    const allowed = deps.gate.authorizeSocket(headers, peer);
    if (!allowed.ok) session.end(CLOSE.forbidden, allowed.reason);
    else if (unauthenticated > UNAUTHENTICATED_LIMIT) session.end(CLOSE.tryLater, "too_many_sockets");

    return {
      message: (data) => {
        if (!waiting || ended.signal.aborted) return; // nothing is asked of a client after its first message
        const message = parseAuthMessage(data);
        if (!message) return deny("auth_malformed");
        const decision = deps.gate.authorizeToken(message.token, headers, peer);
        if (!decision.ok) return session.end(CLOSE.unauthorized, decision.reason);
        settle();
        session.actor = decision.caller.actor;
        deps.context.runAsSystem(() => {
          watchExpiry(deps, session, ended.signal);
          void serve(deps, session, socket, decision.caller, message, ended.signal).catch((error: unknown) => {
            deps.log.error("A live client could not be served", { error: String(error) });
            session.end(CLOSE.failed, "storage_failed");
          });
        });
      },
      closed: forget,
    };
  };

  const endAll = (which: (session: Session) => boolean, code: number, reason: string) => {
    for (const session of [...sessions]) if (which(session)) session.end(code, reason);
  };
  return {
    open,
    closeActor: (actor) => endAll((session) => session.actor === actor, CLOSE.unauthorized, "key_revoked"),
    leave: (reason) => {
      const told = [{ type: "server_restarting", reason }, ...(reason === "restore" ? [{ type: "reset" }] : [])];
      const texts = told.map((message) => JSON.stringify(message));
      for (const { actor, send } of sessions) if (actor !== undefined) texts.forEach(send);
      if (reason === "shutdown") endAll(() => true, CLOSE.goingAway, "server_stopping");
      else endAll(() => true, CLOSE.restarting, reason === "restore" ? "database_restored" : "server_restarting");
    },
  };
}

/** Greets an authenticated client and follows the log for it until it leaves. */
async function serve(
  deps: Deps,
  session: Session,
  socket: LiveSocket,
  caller: Caller,
  message: AuthMessage,
  signal: AbortSignal,
): Promise<void> {
  const wanted = message.filter && await deps.testOf(message.filter);
  if (message.filter && !wanted) return session.end(CLOSE.invalid, "filter_invalid");
  const committed: Promise<void>[] = [];
  const scope = { actor: caller.actor, recorded: (commit: Promise<void>) => void committed.push(commit) };
  deps.context.run(scope, () => deps.connected(caller.client));
  await Promise.all(committed);
  const [head, logId] = [await deps.head(), await deps.logId()];
  if (signal.aborted) return;
  socket.send(JSON.stringify({ type: "auth_ok", actor: caller.actor, head_seq: head, log_id: logId }));
  const after = message.after_seq ?? head;
  const unknown = after > head || (message.log_id !== undefined && message.log_id !== logId);
  if (unknown) socket.send(JSON.stringify({ type: "reset" }));
  await deps.live.follow(socket, unknown ? head : after, signal, wanted);
}

/** Closes the socket when its key expires; long times are waited for a day at a time. */
function watchExpiry(deps: Deps, session: Session, signal: AbortSignal): void {
  const expiry = deps.expiryOf(session.actor ?? "");
  if (expiry === undefined) return;
  const wait = () => {
    const left = expiry - deps.clock.now();
    if (left <= 0) return session.end(CLOSE.unauthorized, "token_expired");
    const cancel = deps.turn.delay(wait, Math.min(left, LONGEST_DELAY_MS));
    signal.addEventListener("abort", cancel, { once: true });
  };
  wait();
}
