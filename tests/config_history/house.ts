import { assertEquals } from "@std/assert";
import { setImmediate } from "node:timers";
import type { Entry } from "../../src/audit/mod.ts";
import type { ConfigHistorySetup } from "../../src/config_history/service.ts";
import { createLanHttp } from "../../src/runtime/lan_http.ts";
import { type Body, bodyOf, textOf } from "../api/answers.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { eventually } from "../runtime/waiting.ts";
import { type CallOptions, openApp, type TestApp } from "../support/app.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { configSetup } from "./setup.ts";

export const ADMIN = "ll_the-token-of-the-admin-of-this-house";
export const ANNA = "ll_the-token-of-anna-who-lives-here";
const VERA = "ll_the-token-of-vera-who-only-looks";

/** A snapshot as it is answered. */
export interface Snapshot {
  readonly id: string;
  readonly sha256: string;
  readonly size: number;
  readonly trigger: string;
  readonly previous_id: string | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly changes: number | null;
}

/** The snapshot that a backup answers with; 201 for a new one, 200 for the one that was there. */
export async function snapshotIn(answer: Response, status: 200 | 201 = 201): Promise<Snapshot> {
  const { outcome, snapshot } = await bodyOf(answer, status);
  assertEquals(outcome, status === 201 ? "stored" : "duplicate");
  return snapshot as Snapshot; // declared by the route, which tests of the API hold it to
}

/** Entries of the configurations: actor, action, metadata. */
export type Line = readonly [actor: string, action: string, metadata: Entry["metadata"]];

/** A server whose timers a test moves by hand. */
export interface House {
  readonly time: ReturnType<typeof timeByHand>;
  app(): TestApp;
  /** As Anna, an operator, unless a token is given. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** Configures a device; answers its id. */
  add(body: Body): Promise<string>;
  backUp(id: string): Promise<Response>;
  history(id: string): Promise<Body>;
  log(): readonly Line[];
  /** Waits until so many looks at the device have ended. */
  looked(id: string, times: number): Promise<void>;
  /** Waits until what is stored has had its consequences: the next look is planned. */
  planned(): Promise<void>;
  /** Lets time pass in small steps, as timers do that wait for one another. */
  pass(ms: number): void;
  restart(): Promise<void>;
}

export interface HouseOptions {
  readonly setup?: Partial<ConfigHistorySetup>;
  /** Automatic looks; without them only what is asked for happens. */
  readonly started?: boolean;
  /** Milliseconds that a device is waited for. */
  readonly patience?: number;
}

export async function withHouse(
  work: (house: House) => Promise<void>,
  { setup, started = false, patience = 60_000 }: HouseOptions = {},
): Promise<void> {
  await withTempDir(async (dir) => {
    const time = timeByHand(Date.UTC(2026, 10, 22, 10));
    const http = createLanHttp();
    const open = async () => {
      const opened = await openApp(dir, {
        clock: time.clock,
        delay: time.turn.delay,
        declared: `admin:admin:${ADMIN},anna:operator:${ANNA},vera:viewer:${VERA}`,
        configHistory: configSetup(setup),
        deviceHttp: { request: (url, request) => http.request(url, { ...request, ms: patience }) },
      });
      if (started) await opened.app.start();
      return opened;
    };
    let app = await open();
    const call: House["call"] = (method, path, options) => app.call(method, path, { token: ANNA, ...options });
    const lines = () => app.entries().filter(({ action }) => action.startsWith("config_"));
    const house: House = {
      time,
      app: () => app,
      call,
      add: async (body) => {
        const json = { name: "Shelf", device_type: "wled", led_count: 30, ...body };
        return textOf(await bodyOf(await call("POST", "/api/v1/devices", { json }), 201), "id");
      },
      backUp: (id) => call("POST", `/api/v1/devices/${id}/config-snapshots`),
      history: async (id) => await bodyOf(await call("GET", `/api/v1/devices/${id}/config-history`)),
      log: () => lines().map(({ actor, action, metadata }) => [actor, action, metadata] as const),
      looked: async (id, times) => {
        const ended = () =>
          lines().filter(({ entity_id, action }) => entity_id === id && /created|skipped/.test(action)).length;
        await eventually(`look ${times} at ${id}`, () => Promise.resolve(ended() >= times || undefined));
        await house.planned();
      },
      planned: async () => {
        await eventually("the log to be stored", async () => {
          const { audit }: { audit: { waiting: number } } = await (await app.call("GET", "/health")).json();
          return audit.waiting === 0 || undefined;
        });
        // Whoever waited for that goes on in the turns of the event loop that follow.
        for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      },
      pass: (ms) => {
        for (let left = ms; left > 0; left -= 500) time.pass(Math.min(500, left));
      },
      restart: async () => {
        await app.close();
        app = await open();
      },
    };
    try {
      await work(house);
    } finally {
      await app.close();
    }
  });
}
