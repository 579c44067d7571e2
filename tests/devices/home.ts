import type { Entry } from "../../src/audit/mod.ts";
import type { DeviceHttp } from "../../src/devices/device_http.ts";
import { createLanHttp } from "../../src/runtime/lan_http.ts";
import type { Resolve } from "../../src/runtime/lan_lookup.ts";
import { createLanNetwork } from "../../src/runtime/lan_network.ts";
import { type Body, bodyOf, textOf } from "../api/answers.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { eventually } from "../runtime/waiting.ts";
import { type CallOptions, HOST, type TestApp, withApp } from "../support/app.ts";
import { startStubLight, type StubLight } from "./stub_light.ts";

export const ADMIN = "ll_the-token-of-the-admin-of-this-house";
export const ANNA = "ll_the-token-of-anna-who-lives-here";
export const BEN = "ll_the-token-of-ben-who-lives-here-too";

/** A server whose timers a test moves by hand, with lights on real sockets. Every check of a device is one live message. */
export interface Home {
  readonly app: TestApp;
  readonly time: ReturnType<typeof timeByHand>;
  /** Configures a device; by default the light as `Shelf`. Answers its id. */
  add(body?: Body): Promise<string>;
  device(id: string): Promise<Body>;
  /** As Anna, unless a token is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  put(id: string, json: unknown, token?: string): Promise<Response>;
  /** What is on record of devices, entities apart: actor, action, metadata. */
  log(): readonly (readonly [string, string, Entry["metadata"]])[];
  entries(): readonly Entry[];
  /** Lets the time pass in which each device is checked once, and waits until this one was. */
  check(id: string): Promise<Body>;
  /** Waits until this device was checked once more than the last time it was waited for. */
  checked(id: string): Promise<Body>;
  /** Live messages so far. */
  readonly messages: readonly Body[];
}

/** Lets every device be due once: its own interval and the 10 % beside it. */
export const CHECK_MS = 33_000;
export const WINDOW_MS = 2000;

/** How long a device is waited for. Short only where it is known not to answer: a busy machine is no misbehaviour. */
type Patience = (url: string, method: string) => number;

function withPatience(patience: Patience, resolve: Resolve | undefined): DeviceHttp {
  const http = createLanHttp(resolve && { resolve });
  return { request: (url, request) => http.request(url, { ...request, ms: patience(url, request?.method ?? "GET") }) };
}

export interface HomeOptions {
  readonly started?: boolean;
  /** A minute when left out. */
  readonly patience?: Patience;
  /** What names lead to, when a device is configured and whenever it is asked. */
  readonly resolve?: Resolve;
}

export async function withHome(
  work: (home: Home, light: StubLight) => Promise<void>,
  { started = true, patience = () => 60_000, resolve }: HomeOptions = {},
): Promise<void> {
  await using light = await startStubLight();
  const time = timeByHand();
  await withApp(async (app) => {
    if (started) await app.app.start();
    const messages = listen(app);
    const waited = new Map<string, number>();
    const call: Home["call"] = (method, path, options) => app.call(method, path, { token: ANNA, ...options });
    const checked = async (id: string) => {
      const index = waited.get(id) ?? 0;
      waited.set(id, index + 1);
      const ofDevice = () =>
        messages.filter(({ type, device_id }) => type === "device_health_changed" && device_id === id);
      const message = await eventually(`check ${index + 1} of ${id}`, () => Promise.resolve(ofDevice()[index]));
      await eventually("the log to be stored", () => isStored(app));
      return message;
    };
    const about = () => app.entries().filter(({ category }) => category === "device");
    await work({
      app,
      time,
      messages,
      call,
      checked,
      entries: about,
      add: async (body = {}) => {
        const json = { name: "Shelf", device_type: "wled", url: light.url, led_count: 30, ...body };
        const made = await bodyOf(await call("POST", "/api/v1/devices", { json }), 201);
        time.pass(0);
        return textOf(made, "id");
      },
      device: async (id) => await bodyOf(await call("GET", `/api/v1/devices/${id}`)),
      put: (id, json, token = ANNA) => call("PUT", `/api/v1/devices/${id}/state`, { json, token }),
      log: () => about().map(({ actor, action, metadata }) => [actor, action, metadata] as const),
      check: (id) => {
        time.pass(CHECK_MS);
        return checked(id);
      },
    }, light);
  }, {
    clock: time.clock,
    delay: time.turn.delay,
    declared: `admin:admin:${ADMIN},anna:operator:${ANNA},ben:operator:${BEN}`,
    deviceHttp: withPatience(patience, resolve),
    deviceNetwork: createLanNetwork(resolve && { resolve }),
    ...(resolve && { outside: { resolve, readJson: () => Promise.resolve(undefined) } }),
  });
}

/** True when nothing waits to be stored; undefined otherwise. */
async function isStored(app: TestApp): Promise<true | undefined> {
  const { audit }: { readonly audit: { readonly waiting: number } } = await (await app.call("GET", "/health")).json();
  return audit.waiting === 0 || undefined;
}

/** Every live message from now on. */
function listen({ app }: TestApp): readonly Body[] {
  const messages: Body[] = [];
  const session = app.openSocket(
    { send: (text) => void messages.push(JSON.parse(text)), close: () => {}, buffered: () => 0 },
    new Headers({ host: HOST }),
    { address: "127.0.0.1", secure: false },
  );
  session.message(JSON.stringify({ type: "auth", token: ADMIN }));
  return messages;
}

export { bodyOf };
