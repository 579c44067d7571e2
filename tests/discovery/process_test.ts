import { assert, assertEquals } from "@std/assert";
import { bodyOf } from "../api/answers.ts";
import { eventually } from "../runtime/waiting.ts";
import { caughtUp, connectLive } from "../support/live_client.ts";
import { processTest } from "../support/process.ts";
import { withController } from "../virtual_wled/support.ts";
import { LOOPBACK, ownName } from "./real_network.ts";
import { openBonjour } from "./responders.ts";

const ON = { LUMENLOG_DISCOVERY: "on", LUMENLOG_ANNOUNCE: "on", LUMENLOG_MDNS_INTERFACE: LOOPBACK };

processTest(
  "a real server finds a real responder, tells live clients, remembers it and adopts it",
  async ({ start }) => {
    const name = ownName("Shelf");
    const first = await start({ env: ON });
    const client = await connectLive(first.url);
    await caughtUp(client);
    await withController(async ({ controller }) => {
      const listed = (url: string) =>
        eventually(`${name} to be listed`, async () => {
          const { items } = await (await fetch(`${url}/api/v1/devices/discovered`)).json();
          return items.find((found: { readonly name: string }) => found.name === name);
        });
      const { id } = await listed(first.url);
      await client.until("its message", ({ type, device }) => type === "device_discovered" && Object(device).id === id);
      const search = await fetch(`${first.url}/api/v1/devices/discover`, { method: "POST" });
      const lines = (await search.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
      assert(lines.some(({ device }) => device?.id === id));
      assertEquals(lines.at(-1).type, "done");
      await client.close();
      assertEquals((await first.kill()).code, 0);

      const second = await start({ env: ON });
      assertEquals((await listed(second.url)).id, id);
      const adopted = await bodyOf(
        await fetch(`${second.url}/api/v1/devices/discovered/adopt`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ids: [id] }),
        }),
      );
      assertEquals(Object(adopted["items"])[0].device.url, controller.url);
      const { entries } = await (await fetch(`${second.url}/api/v1/activity-log?q=${encodeURIComponent(name)}`)).json();
      // Other tests' devices may have taken the room that a minute has for one sender; twice it is never there.
      const actions = entries.map(({ action }: { readonly action: string }) => action).toReversed();
      const found = actions.filter((action: string) => action === "device.discovered").length;
      assert(found <= 1 && actions[found] === "entity.created", actions.join());
      assertEquals((await second.kill()).code, 0);
    }, { name, announce: true });
  },
);

processTest("a real server announces where it listens, and takes that back when it stops", async ({ start }) => {
  const bonjour = openBonjour();
  const up = new Map<number, string>();
  const down = new Set<string>();
  try {
    const browser = bonjour.find({ type: "lumenlog" }, ({ port, name }) => void up.set(port, name));
    browser.on("down", ({ name }) => void down.add(name));
    const server = await start({ env: ON });
    const port = Number(new URL(server.url).port);
    const name = await eventually("it to be announced", () => {
      browser.update();
      return Promise.resolve(up.get(port));
    });
    assert(name.startsWith("Lumenlog on "), name);
    assertEquals((await server.kill()).code, 0);
    await eventually("its goodbye", () => Promise.resolve(down.has(name) || undefined));
  } finally {
    await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  }
});

processTest("a stop does not wait for a search that somebody watches", async ({ start }) => {
  const server = await start({ env: ON });
  const body = JSON.stringify({ timeout_seconds: 15 });
  const headers = { "content-type": "application/json" };
  const search = await fetch(`${server.url}/api/v1/devices/discover`, { method: "POST", headers, body });
  const ended = server.kill();
  const last = (await search.text()).trimEnd().split("\n").at(-1);
  assertEquals(JSON.parse(last ?? "").type, "done");
  assertEquals((await ended).code, 0);
});

processTest("a client who leaves a search leaves nothing behind", async ({ start }) => {
  const server = await start({ env: ON });
  const search = (signal: AbortSignal) => {
    const body = JSON.stringify({ timeout_seconds: 15 });
    const headers = { "content-type": "application/json" };
    return fetch(`${server.url}/api/v1/devices/discover`, { method: "POST", headers, body, signal });
  };
  // More than may run at once: each makes room for the next.
  for (let n = 0; n < 12; n++) {
    await eventually("room for a search", async () => {
      const leaving = new AbortController();
      const answer = await search(leaving.signal);
      leaving.abort();
      await answer.text().catch(() => undefined); // it was left
      return answer.status === 200 || undefined;
    });
  }
  assertEquals((await server.kill()).code, 0);
});
