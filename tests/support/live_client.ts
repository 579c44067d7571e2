import { WebSocket } from "ws";
import { z } from "zod";
import { ENTRY, type Entry } from "../runtime/api_client.ts";
import { within } from "../runtime/waiting.ts";

const MESSAGE = z.looseObject({ type: z.string() });
const LOGGED = z.strictObject({ type: z.literal("activity_logged"), seq: z.int(), entry: ENTRY });
const AUTH_OK = z.strictObject({
  type: z.literal("auth_ok"),
  actor: z.string(),
  head_seq: z.int(),
  log_id: z.string(),
});

export type Message = z.output<typeof MESSAGE>;
export interface Logged {
  readonly seq: number;
  readonly entry: Entry;
}
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket client of the live events that keeps whatever it is sent. */
export interface LiveClient {
  readonly messages: readonly Message[];
  readonly entries: readonly Logged[];
  readonly closed: Promise<Closed>;
  send(data: string | Uint8Array): void;
  /** The first message, of those that came or come, for which this holds. */
  until(what: string, holds: (message: Message) => boolean): Promise<Message>;
  /** Waits until the entry with this seq has come. */
  reached(seq: number): Promise<void>;
  /** Closes in order. */
  close(): Promise<Closed>;
  /** Cuts the connection. */
  cut(): Promise<Closed>;
}

export interface OpenOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AuthOptions extends OpenOptions {
  readonly token?: string | undefined;
  readonly afterSeq?: number | undefined;
  readonly logId?: string | undefined;
  /** Told of each entry as it comes. */
  readonly onEntry?: (logged: Logged) => void;
}

/** Opens a socket and says nothing; rejects when the server does not accept it. */
export async function openLive(
  url: string,
  { headers = {}, onEntry = () => {} }: OpenOptions & Pick<AuthOptions, "onEntry"> = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/v1/events/ws`, { headers: { ...headers } });
  const messages: Message[] = [];
  const entries: Logged[] = [];
  const listeners = new Set<() => void>();
  const opened = Promise.withResolvers<void>();
  const end = Promise.withResolvers<Closed>();
  let ended = false;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  socket.on("open", () => opened.resolve());
  socket.on("error", opened.reject);
  socket.on("message", (data) => {
    const message = MESSAGE.parse(JSON.parse(String(data)));
    messages.push(message);
    if (message.type === "activity_logged") {
      const { seq, entry } = LOGGED.parse(message);
      const logged = { seq, entry };
      entries.push(logged);
      onEntry(logged);
    }
    tell();
  });
  socket.on("close", (code, reason) => {
    ended = true;
    end.resolve({ code, reason: String(reason) });
    tell();
  });

  const wait = async <T>(what: string, find: () => T | undefined): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = () => {
      const found = find();
      if (found !== undefined) resolve(found);
      else if (ended) {
        end.promise.then(({ code, reason }) => reject(new Error(`Closed (${code} ${reason}) before ${what}`)));
      }
    };
    listeners.add(look);
    look();
    try {
      return await within(what, promise);
    } finally {
      listeners.delete(look);
    }
  };
  await within("the socket to open", opened.promise);
  return {
    messages,
    entries,
    closed: end.promise,
    send: (data) => socket.send(data),
    until: (what, holds) => wait(what, () => messages.find(holds)),
    reached: async (seq) => void await wait(`seq ${seq}`, () => (entries.at(-1)?.seq ?? 0) >= seq || undefined),
    close: () => {
      socket.close();
      return within("the socket to close", end.promise);
    },
    cut: () => {
      socket.terminate();
      return within("the socket to end", end.promise);
    },
  };
}

/** The first message of a client. */
export const authMessage = ({ token, afterSeq, logId }: AuthOptions): string =>
  JSON.stringify({ type: "auth", token, after_seq: afterSeq, log_id: logId });

/** Opens a socket and authenticates; rejects when the server refuses. */
export async function connectLive(url: string, options: AuthOptions = {}) {
  const client = await openLive(url, options);
  client.send(authMessage(options));
  const greeting = AUTH_OK.parse(await client.until("auth_ok", ({ type }) => type === "auth_ok"));
  return { ...client, greeting };
}

/** Waits until a client has everything from before, which the server always says. */
export const caughtUp = async (client: LiveClient): Promise<number> =>
  z.object({ seq: z.int() }).parse(await client.until("caught_up", ({ type }) => type === "caught_up")).seq;
