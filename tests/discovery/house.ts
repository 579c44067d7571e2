import type { Entry } from "../../src/audit/mod.ts";
import type { OwnService } from "../../src/discovery/own_records.ts";
import { type Body, bodyOf } from "../api/answers.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { eventually } from "../runtime/waiting.ts";
import { withTempDir } from "../support/engine.ts";
import { type CallOptions, HOST, openApp, type TestApp } from "../support/app.ts";
import { type Air, createAir } from "./air.ts";

export const TOKEN = "ll_the-token-of-anna-who-lives-here";

/** A server whose network and time a test makes by hand. */
export interface House {
  readonly air: Air;
  readonly time: ReturnType<typeof timeByHand>;
  readonly app: TestApp;
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Lets time pass in steps of a second, as timers follow each other; then waits until all is stored. */
  pass(seconds: number): Promise<void>;
  listed(): Promise<readonly Body[]>;
  names(): Promise<readonly unknown[]>;
  /** What is on record of found devices: action and message. */
  log(): readonly (readonly [string, string])[];
  entries(): readonly Entry[];
  /** Live messages about found devices so far: type and name. */
  told(): readonly (readonly [unknown, unknown])[];
}

export interface HouseOptions {
  readonly own?: OwnService;
  readonly time?: ReturnType<typeof timeByHand>;
  /** The addresses of a name; none has any when it is left out. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

/** Opens the house on a data directory and closes it behind the work. */
export async function inHouse(dir: string, work: (house: House) => Promise<void>, options: HouseOptions = {}) {
  const air = createAir();
  const time = options.time ?? timeByHand();
  const app = await openApp(dir, {
    clock: time.clock,
    delay: time.turn.delay,
    mdns: air.mdns,
    declared: `anna:operator:${TOKEN}`,
    outside: { resolve: options.resolve ?? (() => Promise.resolve([])), readJson: () => Promise.resolve(undefined) },
    ...(options.own && { own: options.own }),
  });
  try {
    await app.app.start();
    const messages = listen(app);
    await eventually(
      "the live connection",
      () => Promise.resolve(messages.some(({ type }) => type === "caught_up") || undefined),
    );
    await work(houseOf(app, air, time, messages));
  } finally {
    await app.close();
  }
}

export const withHouse = (work: (house: House) => Promise<void>, options: HouseOptions = {}) =>
  withTempDir((dir) => inHouse(dir, work, options));

function houseOf(app: TestApp, air: Air, time: ReturnType<typeof timeByHand>, messages: readonly Body[]): House {
  const call: House["call"] = (method, path, options) => app.call(method, path, { token: TOKEN, ...options });
  // Those are objects by what the server promises.
  const listed = async () =>
    (await bodyOf(await call("GET", "/api/v1/devices/discovered")))["items"] as readonly Body[];
  const entries = () => app.entries().filter(({ action }) => /^device\.(?:discovered|lost)$/.test(action));
  return {
    air,
    time,
    app,
    call,
    listed,
    names: async () => (await listed()).map(({ name }) => name),
    entries,
    log: () => entries().map(({ action, message }) => [action, message] as const),
    told: () =>
      messages.filter(({ type }) => type === "device_discovered" || type === "device_lost")
        .map((message) => [message["type"], message["name"] ?? Object(message["device"]).name] as const),
    pass: async (seconds) => {
      for (let left = seconds; left > 0; left--) time.pass(1000);
      await stored(app);
      time.pass(100); // live messages follow what is stored
      await stored(app);
    },
  };
}

/** Resolves once the change that a turn began is through. */
async function stored(app: TestApp): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await eventually("the log to be stored", async () => {
      const { audit }: { readonly audit: { readonly waiting: number } } = await (await app.call("GET", "/health"))
        .json();
      return audit.waiting === 0 || undefined;
    });
  }
}

function listen({ app }: TestApp): readonly Body[] {
  const messages: Body[] = [];
  const session = app.openSocket(
    { send: (text) => void messages.push(JSON.parse(text)), close: () => {}, buffered: () => 0 },
    new Headers({ host: HOST }),
    { address: "127.0.0.1", secure: false },
  );
  session.message(JSON.stringify({ type: "auth", token: TOKEN }));
  return messages;
}

export { bodyOf };
