const CONNECTIONS = 16;
const HEAD_END = new TextEncoder().encode("\r\n\r\n");

/**
 * Sends GET requests over 16 kept connections for so many milliseconds, each after the answer to the one before, and
 * counts the answers. Bare sockets, because the client shares the machine with the server it measures.
 */
export async function loadWithGets(url: URL, ms: number): Promise<{ count: number; ms: number }> {
  const request = new TextEncoder().encode(
    `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: application/json\r\n\r\n`,
  );
  const begun = performance.now();
  const answers = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => oneConnection(url, request, begun + ms)),
  );
  return { count: answers.reduce((sum, count) => sum + count, 0), ms: performance.now() - begun };
}

async function oneConnection(url: URL, request: Uint8Array, end: number): Promise<number> {
  const connection = await Deno.connect({ hostname: url.hostname, port: Number(url.port) });
  connection.setNoDelay(true);
  const buffer = new Uint8Array(256 * 1024);
  let answers = 0;
  try {
    for (; performance.now() < end; answers++) {
      await connection.write(request);
      await readAnswer(connection, buffer);
    }
  } finally {
    connection.close();
  }
  return answers;
}

/** Reads one answer of known length into the buffer, which it must fit. */
async function readAnswer(connection: Deno.Conn, buffer: Uint8Array): Promise<void> {
  let length = 0;
  let expected = Infinity;
  while (length < expected) {
    const read = await connection.read(buffer.subarray(length));
    if (read === null) throw new Error("Cannot read the answer: the server closed the connection");
    length += read;
    if (expected === Infinity) expected = answerLength(buffer.subarray(0, length)) ?? Infinity;
  }
}

/** Bytes of the whole answer, once its head is complete. */
function answerLength(bytes: Uint8Array): number | undefined {
  const headEnd = indexOf(bytes, HEAD_END);
  if (headEnd < 0) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, headEnd));
  if (!head.startsWith("HTTP/1.1 200")) throw new Error(`Cannot measure this answer: ${head.split("\r\n")[0]}`);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error("Cannot measure an answer without content-length");
  return headEnd + HEAD_END.length + Number(length);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let i = bytes.indexOf(wanted[0]!); i >= 0; i = bytes.indexOf(wanted[0]!, i + 1)) {
    if (wanted.every((byte, k) => bytes[i + k] === byte)) return i;
  }
  return -1;
}
