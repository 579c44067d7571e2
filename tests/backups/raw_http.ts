/** One request whose path goes over the wire as it stands, which no client of the platform would send; the answer as text. */
export async function rawExchange(
  url: string,
  method: string,
  path: string,
  token: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { hostname, port } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  try {
    const head = [`${method} ${path} HTTP/1.1`, `host: ${hostname}:${port}`, `authorization: Bearer ${token}`];
    await socket.write(new TextEncoder().encode([...head, "connection: close", "", ""].join("\r\n")));
    const answer = await new Response(socket.readable).text();
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), body: answer };
  } finally {
    try {
      socket.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error; // read to its end it has closed itself
    }
  }
}
