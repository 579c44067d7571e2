import { createServer, type Socket } from "node:net";

/** Commands of adb's wire protocol, as their four letters in little-endian order. */
const CNXN = 0x4e584e43;
const AUTH = 0x48545541;
const VERSION = 0x01000000;
const MOST_DATA = 4096;
const TOKEN = 1;
const PUBLIC_KEY = 3;
const HEADER_BYTES = 24;

/** How it treats whoever connects: greets, says nothing, or wants a key that nobody has allowed. */
export type Manner = "friendly" | "silent" | "locked";

/** Enough of a device for the real adb to connect to: it answers the handshake and nothing else. */
export interface StandIn {
  /** `127.0.0.1:port`. */
  readonly address: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startStandIn(manner: Manner = "friendly"): Promise<StandIn> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (manner === "silent") socket.resume();
    else onMessage(socket, (command, kind) => answer(socket, manner, command, kind));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An address of this machine where nothing listens. */
export async function closedAddress(): Promise<string> {
  await using standIn = await startStandIn();
  return standIn.address;
}

function onMessage(socket: Socket, heard: (command: number, kind: number) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      const length = HEADER_BYTES + rest.readUInt32LE(12);
      if (rest.length < length) return;
      heard(rest.readUInt32LE(0), rest.readUInt32LE(4));
      rest = rest.subarray(length);
    }
  });
}

function answer(socket: Socket, manner: Manner, command: number, kind: number): void {
  if (manner === "locked") {
    // No signature is right; the key itself is shown to the owner, who takes their time.
    if (command !== AUTH || kind !== PUBLIC_KEY) send(socket, AUTH, TOKEN, 0, Buffer.alloc(20, 7));
    return;
  }
  const banner = "device::ro.product.name=shelf;ro.product.model=Shelf Phone;ro.product.device=phone;features=cmd\0";
  if (command === CNXN) send(socket, CNXN, VERSION, MOST_DATA, Buffer.from(banner));
}

function send(socket: Socket, command: number, first: number, second: number, data: Buffer): void {
  const header = Buffer.alloc(HEADER_BYTES);
  const sum = data.reduce((total, byte) => total + byte, 0);
  [command, first, second, data.length, sum, (command ^ 0xffffffff) >>> 0].forEach((word, index) =>
    header.writeUInt32LE(word, index * 4)
  );
  socket.write(Buffer.concat([header, data]));
}
