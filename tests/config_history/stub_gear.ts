import { createServer, type ServerResponse } from "node:http";

/** A controller that has nothing but its two files, in a test's hand. */
export interface StubGear {
  readonly url: string;
  cfg: unknown;
  presets: unknown;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** What becomes of a request; `answer` tells the file. */
  treat: (path: string, answer: () => void, response: ServerResponse) => void;
  [Symbol.asyncDispose](): Promise<void>;
}

export const SOME_CFG = { id: { name: "Shelf" }, hw: { led: { total: 30, ins: [{ pin: [16], len: 30 }] } } };

/** Texts are sent as they stand, other values as JSON. */
export async function startStubGear(): Promise<StubGear> {
  const asked: string[] = [];
  const gear = {
    asked,
    cfg: SOME_CFG as unknown, // a test may put anything there
    presets: { 0: {} } as unknown, // as above
    treat: (_path: string, answer: () => void, _response: ServerResponse) => answer(),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const file = path === "/cfg.json" ? gear.cfg : path === "/presets.json" ? gear.presets : { leds: { count: 30 } };
    response.setHeader("content-type", "application/json");
    gear.treat(path, () => void response.end(typeof file === "string" ? file : JSON.stringify(file)), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(gear, {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
