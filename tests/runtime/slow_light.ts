/** A light that takes its time: a device that is created with its address is under way until `answer` is called. */
export interface SlowLight {
  readonly url: string;
  /** Resolves once the server asks it. */
  readonly asked: Promise<void>;
  answer(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export function startSlowLight(): SlowLight {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    asked.resolve();
    await released.promise;
    return Response.json({ leds: { count: 77 } });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    asked: asked.promise,
    answer: () => released.resolve(),
    [Symbol.asyncDispose]: async () => {
      released.resolve();
      await server.shutdown();
    },
  };
}
