import { assertEquals } from "@std/assert";
import { createSocket } from "node:dgram";
import type { Leaving } from "../../src/app.ts";
import { eventually } from "../runtime/waiting.ts";
import { ADMIN, bodyOf, type Home, WINDOW_MS, withHome } from "./home.ts";
import { startUdpReceiver, type UdpReceiver } from "./udp_receivers.ts";

const STREAMED = ["ddp", "sacn", "artnet"] as const;
type Streamed = typeof STREAMED[number];

/** Three frames of darkness; sACN has three more packets that end the stream. */
const DARKNESS: Readonly<Record<Streamed, number>> = { ddp: 3, sacn: 6, artnet: 3 };

const stop = (home: Home, reason?: Leaving) => home.app.app.stop(() => Promise.resolve(), reason);

/** What still came from before: behind it nothing can come, as it goes by the same way. */
async function packetsUpTo(strip: UdpReceiver, last: string): Promise<readonly Uint8Array[]> {
  const socket = createSocket("udp4");
  await new Promise((resolve) => socket.send(last, strip.port, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => void socket.close(() => resolve()));
  const at = await eventually("the last datagram", () => {
    const index = strip.packets.findIndex((packet) => new TextDecoder().decode(packet) === last);
    return Promise.resolve(index < 0 ? undefined : index);
  });
  return strip.packets.slice(0, at);
}

/** How many datagrams come to a light that is on, once the server goes. */
async function sentAtTheEnd(type: Streamed, action: string, end: (home: Home) => Promise<void>): Promise<number> {
  await using strip = await startUdpReceiver();
  let before = 0;
  await withHome(async (home) => {
    const url = `${type}://127.0.0.1:${strip.port}`;
    const id = await home.add({ device_type: type, url, led_count: 1 });
    const set = { json: { action }, token: ADMIN };
    await bodyOf(await home.call("PUT", "/api/v1/system/shutdown-action", set));
    await bodyOf(await home.put(id, { on: true }));
    before = (await packetsUpTo(strip, "lit")).length;
    await end(home);
    for (let second = 0; second < 5; second++) home.time.pass(1000);
  }, { started: false });
  return (await packetsUpTo(strip, "end")).length - before - 1;
}

for (const type of STREAMED) {
  Deno.test(`${type}: what becomes of a light at a shutdown is as it was set`, async () => {
    assertEquals(await sentAtTheEnd(type, "stop_targets", (home) => stop(home)), DARKNESS[type]);
    assertEquals(await sentAtTheEnd(type, "leave", (home) => stop(home)), 0);
  });

  for (const reason of ["restart", "restore", "update"] as const) {
    Deno.test(`${type}: no light is put out by a ${reason}, whatever a shutdown does`, async () => {
      assertEquals(await sentAtTheEnd(type, "stop_targets", (home) => stop(home, reason)), 0);
    });
  }

  Deno.test(`${type}: a light that was just switched off goes dark all the same`, async () => {
    await using strip = await startUdpReceiver();
    let before = 0;
    await withHome(async (home) => {
      const id = await home.add({ device_type: type, url: `${type}://127.0.0.1:${strip.port}`, led_count: 1 });
      await bodyOf(await home.put(id, { on: true }));
      home.time.pass(WINDOW_MS); // what comes within it is on record, and answered, behind it
      before = (await packetsUpTo(strip, "lit")).length;
      await bodyOf(await home.put(id, { on: false }));
      await stop(home, "restart");
    }, { started: false });
    assertEquals((await packetsUpTo(strip, "end")).length - before - 1, 1 + DARKNESS[type]);
  });
}
