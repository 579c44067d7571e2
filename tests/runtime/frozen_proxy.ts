/** Stands between a server and its remote database, and passes everything on until it is frozen: then nothing is answered any more. */
export interface FrozenProxy {
  readonly url: string;
  freeze(): void;
  [Symbol.dispose](): void;
}

export function startProxy(port: number): FrozenProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let frozen = false;
  const pass = async (from: Deno.Conn, to: Deno.Conn) => {
    const buffer = new Uint8Array(64 * 1024);
    for (let count = await from.read(buffer); count !== null && !frozen; count = await from.read(buffer)) {
      for (let left = buffer.subarray(0, count); left.length > 0;) left = left.subarray(await to.write(left));
    }
    if (!frozen) await to.closeWrite();
  };
  const join = async (from: Deno.Conn) => {
    const to = await Deno.connect({ hostname: "127.0.0.1", port });
    for (const connection of [from, to]) open.add(connection);
    await Promise.all([pass(from, to), pass(to, from)]);
  };
  const accept = async () => {
    for await (const connection of listener) join(connection).catch(() => {}); // one of the two has gone
  };
  accept().catch(() => {}); // closed by the test
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    freeze: () => void (frozen = true),
    [Symbol.dispose]: () => {
      listener.close();
      for (const connection of open) {
        try {
          connection.close();
        } catch (error) {
          if (!(error instanceof Deno.errors.BadResource)) throw error; // closed by the other end
        }
      }
    },
  };
}
