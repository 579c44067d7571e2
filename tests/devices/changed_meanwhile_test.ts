import { assertEquals } from "@std/assert";
import { type Body, bodyOf, problemIn } from "../api/answers.ts";
import { type Home, withHome } from "./home.ts";
import { whileTimePasses } from "./passing_time.ts";
import { startStubLight, type StubLight } from "./stub_light.ts";
import { startUdpReceiver } from "./udp_receivers.ts";

/** Holds the next request that the light sees; the answer goes out when the test calls for it. */
function holdNext(light: StubLight): Promise<() => void> {
  const arrived = Promise.withResolvers<() => void>();
  light.treat = (_request, answer) => {
    light.treat = (_request, answer) => answer();
    arrived.resolve(answer);
  };
  return arrived.promise;
}

const posts = ({ asked }: StubLight) => asked.filter((request) => request.startsWith("POST"));
const configure = async (home: Home, id: string, json: Body) =>
  await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json }));

const WAYS = [
  ["change", (home: Home, id: string) => home.put(id, { on: false })],
  ["blinking", (home: Home, id: string) => home.call("POST", `/api/v1/devices/${id}/identify`)],
] as const;

for (const [what, ask] of WAYS) {
  Deno.test(`${what}: a light that is deleted while it is read is not touched, and whoever asked is told`, async () => {
    await withHome(async (home, light) => {
      const id = await home.add();
      const held = holdNext(light);
      const answer = ask(home, id);
      const go = await held;
      assertEquals((await home.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
      go();
      assertEquals((await problemIn(await whileTimePasses(home, answer))).status, 404);
      assertEquals([posts(light), home.log()], [[], []]);
    }, { started: false });
  });

  Deno.test(`${what}: a light that is disabled while it is read is not touched, and whoever asked is told`, async () => {
    await withHome(async (home, light) => {
      const id = await home.add();
      const held = holdNext(light);
      const answer = ask(home, id);
      const go = await held;
      await configure(home, id, { enabled: false });
      go();
      assertEquals((await problemIn(await whileTimePasses(home, answer))).status, 409);
      assertEquals([posts(light), home.log()], [[], []]);
    }, { started: false });
  });
}

Deno.test("a light that is moved while it is read is changed where it is now, and that is on record", async () => {
  await using elsewhere = await startStubLight();
  await withHome(async (home, light) => {
    const id = await home.add();
    const held = holdNext(light);
    const answer = home.put(id, { on: false });
    const go = await held;
    await configure(home, id, { url: elsewhere.url });
    go();
    assertEquals((await bodyOf(await answer))["on"], false);
    assertEquals([light.state.on, elsewhere.state.on], [true, false]);
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", on: false }]]);
  }, { started: false });
});

Deno.test("a light that is configured anew during a stop stays dark", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const id = await home.add({ device_type: "ddp", url: `ddp://127.0.0.1:${strip.port}`, led_count: 1 });
    await bodyOf(await home.put(id, { on: true }));
    const listener = Promise.withResolvers<void>();
    const stopped = home.app.app.stop(() => listener.promise);
    await strip.count(4);
    // A request that had come in before the stop.
    await configure(home, id, { led_count: 2 });
    for (let second = 0; second < 3; second++) home.time.pass(1000);
    listener.resolve();
    await stopped;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assertEquals(strip.packets.map((packet) => packet[10]), [255, 0, 0, 0]);
  }, { started: false });
});
