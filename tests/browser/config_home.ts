import type { Page } from "playwright-core";
import { z } from "zod";
import type { ApiClient, Entity } from "../runtime/api_client.ts";
import { type Home, homeTest, SELDOM } from "./lights_home.ts";
import type { BrowserOptions } from "./support/browser.ts";

/** A WLED whose settings the test writes; whatever else it is asked, the controller behind it answers. */
export interface Configured {
  readonly id: string;
  readonly device: Entity;
  /** What it is set to from now on. */
  write(settings: unknown): void;
  /** Answers requests for its settings with this status; undefined: as it should. */
  fail(status: number | undefined): void;
  /** Takes a snapshot as somebody else would, and answers its id. */
  backUp(): Promise<string>;
}

export interface ConfigHome extends Home {
  readonly lamp: Configured;
}

/** Settings with some lines that matter and some that never change. */
export const settings = (bri: number, name = "Lamp") => ({
  rev: [1, 0],
  id: { mdns: "wled-lamp", name, inv: "Light" },
  nw: { ins: [{ ssid: "Home", ip: [0, 0, 0, 0] }], dns: [0, 0, 0, 0] },
  hw: { led: { total: 30, maxpwr: 850, fps: 42 }, com: [], baud: 1152 },
  light: { gc: { bri: 1, col: 2.8 }, tr: { mode: true, dur: 7 } },
  def: { ps: 0, on: true, bri },
});

const BACKED_UP = z.object({ snapshot: z.object({ id: z.string() }) });
const SETTINGS = ["/cfg.json", "/json/cfg"];

/** A test in a home with one lamp, called so, of which nothing was stored before. */
export function configTest(
  sentence: string,
  { name = "Lamp", ...options }: BrowserOptions & { readonly name?: string },
  work: (home: ConfigHome) => Promise<void>,
): void {
  homeTest(sentence, { ...SELDOM, ...options, names: ["Shelf"] }, async (home) => {
    let [text, status] = [JSON.stringify(settings(128)), 200];
    const behind = home.lights[0]!.controller.url;
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const { pathname, search } = new URL(request.url);
      if (SETTINGS.includes(pathname)) {
        return new Response(text, { status, headers: { "content-type": "application/json", connection: "close" } });
      }
      const body = request.method === "GET" ? undefined : await request.text();
      const answer = await fetch(behind + pathname + search, { method: request.method, ...(body ? { body } : {}) });
      return new Response(await answer.text(), { status: answer.status, headers: { connection: "close" } });
    });
    try {
      const url = `http://127.0.0.1:${server.addr.port}`;
      const device = await home.anna.api.create("devices", { name, device_type: "wled", url });
      const lamp: Configured = {
        id: device.id,
        device,
        write: (settings) => void (text = JSON.stringify(settings)),
        fail: (code = 200) => void (status = code),
        backUp: () => backUp(home.anna.api, device.id),
      };
      await work({ ...home, lamp });
    } finally {
      await server.shutdown();
    }
  });
}

async function backUp(api: ApiClient, device: string): Promise<string> {
  const { json } = await api.call("POST", `/api/v1/devices/${device}/config-snapshots`);
  return BACKED_UP.parse(json).snapshot.id;
}

/** The section of the page. */
export const section = (page: Page) => page.locator(".config");
/** The lines that open a snapshot, newest first. */
export const openers = (page: Page) => section(page).locator(".config-opener");
