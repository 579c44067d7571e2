import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

export interface UdpPort {
  readonly port: number;
  receive(reader: (packet: Uint8Array, address: string) => void): void;
  close(): Promise<void>;
}

interface UdpDeps {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Called when the port is taken and a free one is used instead. */
  readonly warn: (message: string) => void;
}

const bind = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
    socket.once("error", reject);
    socket.bind(port, host, () => {
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });

async function bindOrFree({ host, port, warn }: UdpDeps): Promise<Socket> {
  try {
    return await bind(host, port);
  } catch (error) {
    if (port === 0) throw error;
    const socket = await bind(host, 0);
    const reason = error instanceof Error ? error.message : String(error);
    warn(`UDP port ${port} cannot be used (${reason}); listening on ${socket.address().port} instead`);
    return socket;
  }
}

/** Listens for datagrams; on another port than asked for when that one is taken. */
export async function openUdpPort(deps: UdpDeps): Promise<UdpPort> {
  const socket = await bindOrFree(deps);
  socket.on("error", (error) => deps.warn(`UDP port: ${error.message}`));
  return {
    port: socket.address().port,
    receive: (reader) => void socket.on("message", (packet, sender) => reader(packet, sender.address)),
    close: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}
