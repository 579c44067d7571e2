import type { TestApp } from "../support/app.ts";
import { HOST } from "../support/app.ts";
import type { Body } from "./answers.ts";

/** A live client that keeps what it is sent. */
export interface LiveClient {
  /** What came up to and with `caught_up`. */
  readonly before: readonly Body[];
  /** What came so far, up to and with the first that `last` accepts. */
  until(last: (message: Body) => boolean): Promise<readonly Body[]>;
  close(): void;
}

/** Connects as the edge would, authenticates and waits until it has caught up; `first` joins the first message. */
export async function connect({ app }: TestApp, token?: string, first: Body = {}): Promise<LiveClient> {
  const messages: Body[] = [];
  let closed: Error | undefined;
  let arrived = () => {};
  const session = app.openSocket(
    {
      send: (text) => {
        messages.push(JSON.parse(text));
        arrived();
      },
      close: (code, reason) => {
        closed = new Error(`closed with ${code} ${reason}`);
        arrived();
      },
      buffered: () => 0,
    },
    new Headers({ host: HOST }),
    { address: "127.0.0.1", secure: false },
  );
  const until: LiveClient["until"] = async (last) => {
    while (!messages.some(last)) {
      if (closed) throw closed;
      await new Promise<void>((resolve) => arrived = resolve);
    }
    return messages.splice(0, messages.findIndex(last) + 1);
  };
  session.message(JSON.stringify({ type: "auth", ...(token === undefined ? {} : { token }), ...first }));
  const before = await until(({ type }) => type === "caught_up");
  return { before, until, close: session.closed };
}
