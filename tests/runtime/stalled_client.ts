import { connectRaw } from "./raw_http.ts";

/** A WebSocket by hand, so that nobody reads what the server sends until asked to. */
export interface StalledClient {
  /** A pong that nobody asked for: it tells the server that its peer lives. */
  pong(): Promise<void>;
  /** The next text message; undefined at the end. */
  next(): Promise<string | undefined>;
  close(): void;
}

const OPCODE = { text: 1, close: 8, pong: 10 } as const;

/** Connects and sends the first message; reads no more than the answer to the handshake. */
export async function connectStalled(url: string, authMessage: string): Promise<StalledClient> {
  const connection = await connectRaw(url);
  await connection.write([
    "GET /api/v1/events/ws HTTP/1.1",
    `Host: ${new URL(url).host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "\r\n",
  ].join("\r\n"));
  let bytes = new Uint8Array();
  const more = async () => {
    const chunk = await connection.read();
    if (chunk === undefined) return false;
    const joined = new Uint8Array(bytes.length + chunk.length);
    joined.set(bytes);
    joined.set(chunk, bytes.length);
    bytes = joined;
    return true;
  };
  const take = async (count: number) => {
    while (bytes.length < count) if (!await more()) return undefined;
    const taken = bytes.slice(0, count);
    bytes = bytes.subarray(count);
    return taken;
  };
  let head = "";
  while (!head.endsWith("\r\n\r\n")) {
    const byte = await take(1);
    if (byte === undefined) throw new Error(`The server does not accept the handshake: ${head}`);
    head += String.fromCharCode(byte[0]!);
  }
  if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`The server does not accept the handshake: ${head}`);
  await connection.write(maskedFrame(OPCODE.text, new TextEncoder().encode(authMessage)));

  const next = async (): Promise<string | undefined> => {
    const [first, second] = await take(2) ?? [];
    if (first === undefined || second === undefined) return undefined;
    const length = await take(second === 126 ? 2 : second === 127 ? 8 : 0);
    const size = length?.reduce((sum, byte) => sum * 256 + byte, 0) || second;
    const payload = await take(size);
    const opcode = first & 0x0f;
    if (payload === undefined || opcode === OPCODE.close) return undefined;
    return opcode === OPCODE.text ? new TextDecoder().decode(payload) : await next();
  };
  return {
    pong: () => connection.write(maskedFrame(OPCODE.pong, new Uint8Array())),
    next,
    close: connection.close,
  };
}

/** At most 125 bytes, masked with zeros: the protocol wants a mask, and any will do. */
function maskedFrame(opcode: number, payload: Uint8Array): Uint8Array {
  return new Uint8Array([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);
}
