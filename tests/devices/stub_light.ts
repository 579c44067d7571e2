import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** The part of WLED's state that is looked at here. */
export interface StubState {
  on: boolean;
  bri: number;
  ps: number;
  readonly transition: number;
  readonly pl: number;
  readonly mainseg: number;
  readonly seg: { readonly id: number; readonly start: number; readonly stop: number; col: number[][] }[];
}

/**
 * A light in a test's hand: it answers as WLED does, can be changed behind the server's back, and can be made to wait or
 * to break off at the very moment that a test needs.
 */
export interface StubLight {
  readonly url: string;
  readonly state: StubState;
  /** Requests so far, as `GET /json/si`, and the most that were under way at one time. */
  readonly asked: string[];
  mostAtOnce(): number;
  /** What becomes of a request after the light has seen it; `answer` applies it and tells. */
  treat: (request: string, answer: () => void, drop: () => void) => void;
  [Symbol.asyncDispose](): Promise<void>;
}

const PRESETS: Readonly<Record<number, Partial<StubState>>> = {
  1: { on: true, bri: 255, ps: 1 },
  2: { on: true, bri: 51, ps: 2 },
  3: { on: false, ps: 3 },
};
/** A preset is loaded after the light has answered: it shows when the light is looked at so many times. */
const LOOKS_TO_LOAD = 2;

export async function startStubLight(): Promise<StubLight> {
  const state: StubState = {
    on: true,
    bri: 128,
    transition: 7,
    ps: -1,
    pl: -1,
    mainseg: 0,
    seg: [{ id: 0, start: 0, stop: 30, col: [[255, 160, 0], [0, 0, 0], [0, 0, 0]] }],
  };
  const asked: string[] = [];
  let [underWay, most] = [0, 0];
  const light = { state, asked, treat: (_request: string, answer: () => void, _drop: () => void) => answer() };
  let loading = { preset: 0, looks: 0 };
  const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
    if (response.destroyed) return;
    const wanted: Wanted = body === "" ? {} : JSON.parse(body);
    applyTo(state, wanted);
    if (wanted.ps !== undefined) loading = { preset: wanted.ps, looks: LOOKS_TO_LOAD };
    if (request.method === "GET" && --loading.looks === 0) Object.assign(state, PRESETS[loading.preset]);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(documentAt(request.url ?? "", state)));
  };
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    most = Math.max(most, ++underWay);
    response.on("close", () => void underWay--);
    let body = "";
    request.on("data", (chunk) => void (body += chunk));
    request.on("end", () =>
      light.treat(
        `${request.method} ${request.url}`,
        () => answer(request, response, body),
        () => void request.socket.destroy(),
      ));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(light, {
    url: `http://127.0.0.1:${port}`,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function documentAt(path: string, state: StubState): unknown {
  if (path === "/json/info") return { leds: { count: 30 } };
  if (path === "/cfg.json") return { id: { name: "Stub" }, hw: { led: { total: 30 } } };
  if (path === "/presets.json") return { 0: {}, ...PRESETS };
  return path === "/json/si" ? { state, info: {} } : state;
}

interface Wanted {
  readonly on?: boolean | "t";
  readonly bri?: number;
  readonly ps?: number;
  readonly seg?: { readonly col: number[][] };
}

function applyTo(state: StubState, { on, bri, seg }: Wanted): void {
  if (on === "t") state.on = !state.on;
  else if (on !== undefined) state.on = on;
  if (bri !== undefined) state.bri = bri;
  if (bri !== undefined && on === undefined) state.on = true;
  if (seg !== undefined) {
    state.seg[0]!.col = [seg.col[0]!, [0, 0, 0], [0, 0, 0]];
    state.ps = -1;
  }
}
