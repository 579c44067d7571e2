import { createServer, type RequestListener, type Server } from "node:http";

/** A place that listens for HTTP, and can be unplugged and plugged in again. */
export interface HttpPort {
  readonly port: number;
  serve(listener: RequestListener): void;
  /** Cuts every connection and listens no more. */
  down(): Promise<void>;
  /** Listens on the same port again; rejects when somebody else took it. */
  up(): Promise<void>;
}

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });

function stop(server: Server): Promise<void> {
  const stopped = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  return stopped;
}

/** Rejects when nobody can listen there; 0 for any free port. */
export async function openHttpPort(host: string, wanted: number): Promise<HttpPort> {
  const server = createServer();
  const port = await listen(server, host, wanted).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot listen on ${host} port ${wanted}: ${reason}`, { cause });
  });
  return {
    port,
    serve: (listener) => void server.on("request", listener),
    async down() {
      if (server.listening) await stop(server);
    },
    async up() {
      if (!server.listening) await listen(server, host, port);
    },
  };
}
