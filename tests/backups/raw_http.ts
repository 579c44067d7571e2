/** One request whose path goes over the wire as it stands, which no client of the platform would send; the answer as text. */
export async function rawExchange(
  url: string,
  method: string,
  path: string,
  token: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { hostname, port } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const head = [`${method} ${path} HTTP/1.1`, `host: ${hostname}:${port}`, `authorization: Bearer ${token}`];
  await socket.write(new TextEncoder().encode([...head, "connection: close", "", ""].join("\r\n")));
  const answer = await new Response(socket.readable).text(); // at its end the socket closes
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), body: answer };
}
