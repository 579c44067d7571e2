import { createServer, type Server, type Socket } from "node:net";

/** A server that says what a test lets it say, HTTP or not, and tells what became of its connections. */
export interface RawServer {
  readonly port: number;
  /** What clients sent, a text for each connection. */
  readonly received: readonly string[];
  /** Resolves once every connection so far is closed. */
  closed(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `answer` is called once for each connection, when its first bytes have come. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const index = sockets.push(socket) - 1;
    received.push("");
    socket.on("error", () => {}); // the other end may break off whenever it likes
    socket.on("data", (chunk) => void (received[index] += String(chunk)));
    socket.once("data", () => answer(socket));
  });
  const port = await listen(server);
  return {
    port,
    received,
    closed: async () => {
      const open = sockets.filter((socket) => !socket.destroyed);
      await Promise.all(open.map((socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()))));
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    })
  );
}

/** An answer in HTTP with its length. */
export const httpAnswer = (body: string, head = "HTTP/1.1 200 OK"): string =>
  `${head}\r\ncontent-length: ${new TextEncoder().encode(body).length}\r\n\r\n${body}`;
