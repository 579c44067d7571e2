/** A connection by hand, for what no HTTP client does: half a request, a reset, bytes that nobody reads. */
export interface RawConnection {
  write(data: string | Uint8Array): Promise<void>;
  /** The next bytes, at most so many; undefined at the end. */
  read(most?: number): Promise<Uint8Array | undefined>;
  /** Everything up to the end of the connection, as text. */
  rest(): Promise<string>;
  close(): void;
}

export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const buffer = new Uint8Array(64 * 1024);
  const read = async (most = buffer.length) => {
    const count = await connection.read(buffer.subarray(0, most));
    return count === null ? undefined : buffer.slice(0, count);
  };
  let open = true;
  const close = () => {
    if (open) connection.close();
    open = false;
  };
  return {
    write: async (data) => {
      let left = typeof data === "string" ? new TextEncoder().encode(data) : data;
      while (left.length > 0) left = left.subarray(await connection.write(left));
    },
    read,
    rest: async () => {
      const decoder = new TextDecoder();
      let text = "";
      for (let chunk = await read(); chunk; chunk = await read()) text += decoder.decode(chunk, { stream: true });
      return text;
    },
    close,
  };
}

/** A request that is under way until `finish` sends the last byte of its body; resolves with the whole answer. */
export async function beginRequest(url: string, path: string, json: unknown) {
  const connection = await connectRaw(url);
  const body = JSON.stringify(json);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  await connection.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, -1)}`);
  return {
    finish: async () => {
      await connection.write(body.slice(-1));
      const answer = await connection.rest();
      connection.close();
      return answer;
    },
    close: connection.close,
  };
}

/** A request to speak another protocol, sent and not yet answered; on a connection of its own if none is given. */
export async function beginUpgrade(
  url: string,
  path: string,
  { protocol = "websocket", on }: { readonly protocol?: string; readonly on?: RawConnection } = {},
): Promise<RawConnection> {
  const connection = on ?? await connectRaw(url);
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    "Connection: Upgrade",
    `Upgrade: ${protocol}`,
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  await connection.write(`${head.join("\r\n")}\r\n\r\n`);
  return connection;
}
