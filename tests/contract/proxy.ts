import { connect, createServer, type Socket } from "node:net";

/** What happens to a request: it goes through, it never arrives, or it arrives and its answer does not. */
export type Fate = "pass" | "cut before" | "cut after";

export interface Proxy {
  readonly url: string;
  /** Decides on every request from now on, by its whole text. */
  decide(fate: (request: string) => Fate): void;
  /** The network is gone: every connection ends at once. */
  unplug(): void;
  plug(): void;
  close(): Promise<void>;
}

/** A network between a client and an HTTP server on this machine, which the test can break. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let fate: (request: string) => Fate = () => "pass";
  let plugged = true;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    track(client);
    if (!plugged) return client.destroy();
    relay(client, track(connect(target, "127.0.0.1")), (request) => fate(request));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const cutAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    decide: (given) => void (fate = given),
    unplug: () => {
      plugged = false;
      cutAll();
    },
    plug: () => void (plugged = true),
    close: () => {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Hands whole requests on, one at a time as HTTP/1.1 clients send them, and answers as they come. */
function relay(client: Socket, upstream: Socket, fate: (request: string) => Fate): void {
  let held: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  let swallow = false;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  client.on("data", (chunk: Uint8Array) => {
    held = join(held, chunk);
    for (let length = requestLength(held); length > 0 && length <= held.length; length = requestLength(held)) {
      const request = held.slice(0, length);
      held = held.slice(length);
      const decision = fate(new TextDecoder("latin1").decode(request));
      if (decision === "cut before") return cut();
      swallow = decision === "cut after";
      upstream.write(request);
    }
  });
  upstream.on("data", (chunk: Uint8Array) => swallow ? cut() : client.write(chunk));
  client.on("close", cut);
  upstream.on("close", cut);
}

/** The bytes of the first request, or 0 while its head is not complete. */
function requestLength(bytes: Uint8Array): number {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return 0;
  const head = text.slice(0, end);
  if (/^transfer-encoding:/im.test(head)) throw new Error("The proxy of the tests knows no chunked requests");
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
  return end + 4 + Number(length ?? 0);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
