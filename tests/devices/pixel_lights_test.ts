import { assert, assertEquals } from "@std/assert";
import { readDdp } from "../../virtual_wled/ddp.ts";
import { problemIn } from "../api/answers.ts";
import { eventually, pause } from "../runtime/waiting.ts";
import { bodyOf, CHECK_MS, type Home, WINDOW_MS, withHome } from "./home.ts";
import { whileTimePasses } from "./passing_time.ts";
import { startArtnetReceiver, startSacnReceiver, startUdpReceiver } from "./udp_receivers.ts";

const OFF = { on: false, brightness: 1, color: "#ffffff", preset: null };
const STREAMED = ["ddp", "sacn", "artnet"] as const;
const read = async (home: Home, id: string) => await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));

/** What a strip of so many LEDs shows after these datagrams. */
function shownByDdp(packets: readonly Uint8Array[], ledCount: number): readonly number[] {
  const frame = new Uint8Array(ledCount * 3);
  for (const packet of packets) {
    const parsed = readDdp(packet, ledCount);
    assert(parsed !== undefined, `not DDP: ${packet}`);
    parsed.paint(frame);
  }
  return [...frame];
}

const filled = (ledCount: number, ...color: readonly number[]) => Array.from({ length: ledCount }, () => color).flat();

Deno.test("a DDP light shows what it was told, on every LED, in its strip's order, and it is on record", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const url = `ddp://127.0.0.1:${strip.port}`;
    const id = await home.add({ name: "Strip", device_type: "ddp", url, led_count: 500, rgb_order: "grb" });
    assertEquals(await read(home, id), OFF);
    const lit = { on: true, brightness: 0.5, color: "#ff8000", preset: null };
    assertEquals(await bodyOf(await home.put(id, { on: true, brightness: 0.5, color: "#FF8000" })), lit);
    const packets = await strip.count(2);
    assertEquals(packets.map((packet) => [packet[0], packet[1], packet.length]), [[0x40, 1, 1450], [0x41, 1, 70]]);
    assertEquals(shownByDdp(packets, 500), filled(500, 64, 128, 0));
    assertEquals(home.log(), [
      ["anna", "device.state_changed", { source: "api", on: true, brightness: 0.5, color: "#ff8000" }],
    ]);
    assertEquals((await home.device(id))["state"], lit);
    assertEquals(await read(home, id), lit);
    assertEquals((await home.device(id))["online"], null, "what was sent proves nothing");
  }, { started: false });
});

Deno.test("a picture is sent again every second while the light is on, then darkness a few times, then nothing", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const url = `ddp://127.0.0.1:${strip.port}`;
    const id = await home.add({ device_type: "ddp", url, led_count: 2 });
    await bodyOf(await home.put(id, { on: true, color: "#010203" }));
    for (let second = 1; second <= 20; second++) {
      home.time.pass(1000);
      await strip.count(1 + second);
    }
    const sequences = strip.packets.map((packet) => packet[1]);
    assertEquals(sequences, Array.from({ length: 21 }, (_, index) => index % 15 + 1));
    assert(strip.packets.every((packet) => packet.slice(10).join() === "1,2,3,1,2,3"));
    await bodyOf(await home.put(id, { on: false }));
    for (const dark of [1, 2, 3]) {
      await strip.count(21 + dark);
      home.time.pass(100);
    }
    assert(strip.packets.slice(21).every((packet) => packet.slice(10).join() === "0,0,0,0,0,0"));
    for (let second = 0; second < 5; second++) home.time.pass(1000);
    // A datagram of its own, after which nothing from before can come.
    await bodyOf(await home.put(id, { on: true }));
    assertEquals((await strip.count(25)).length, 25);
    assertEquals((await read(home, id))["color"], "#010203");
  }, { started: false });
});

Deno.test("a light that is off is made ready in silence, and dimming it switches it on", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const id = await home.add({ device_type: "ddp", url: `ddp://127.0.0.1:${strip.port}`, led_count: 1 });
    assertEquals(await bodyOf(await home.put(id, { color: "#ff0000" })), { ...OFF, color: "#ff0000" });
    for (let second = 0; second < 5; second++) home.time.pass(1000);
    const dim = { on: true, brightness: 0.001, color: "#ff0000", preset: null };
    assertEquals(await bodyOf(await home.put(id, { brightness: 0.0001 })), dim);
    const [first] = await strip.count(1);
    assertEquals([...first!.slice(10)], [1, 0, 0], "the weakest brightness is still light");
  }, { started: false });
});

Deno.test("an sACN light is shown by a receiver that is not ours, and its stream ends as the standard asks", async () => {
  await using receiver = await startSacnReceiver([7, 8]);
  await withHome(async (home) => {
    const url = `sacn://127.0.0.1:${receiver.port}`;
    const id = await home.add({ device_type: "sacn", url, led_count: 200, universe: 7, priority: 0 });
    await bodyOf(await home.put(id, { on: true, brightness: 0.2, color: "#ff0a00" }));
    const of = (universe: number) => receiver.first(`universe ${universe}`, (packet) => packet.universe === universe);
    const [first, second] = [await of(7), await of(8)];
    const unused = (count: number) => Array<number>(count).fill(0);
    assertEquals([...first.payloadAsBuffer ?? []], [...filled(170, 51, 2, 0), ...unused(2)]);
    assertEquals([...second.payloadAsBuffer ?? []], [...filled(30, 51, 2, 0), ...unused(512 - 90)]);
    assertEquals([first.priority, first.sourceName, first.options, first.sequence], [
      0,
      "Lumenlog",
      0,
      second.sequence,
    ]);
    home.time.pass(WINDOW_MS); // in which it is sent again
    await bodyOf(await home.put(id, { on: false }));
    for (let part = 0; part < 3; part++) home.time.pass(100);
    const ended = () => receiver.seen.filter(({ options }) => options === 0x40);
    await eventually("the end of both universes", () => Promise.resolve(ended().length === 6 || undefined));
    const inOne = receiver.seen.filter(({ universe }) => universe === 8);
    assertEquals(inOne.map(({ options }) => options), [0, 0, 0, 0, 0, 0x40, 0x40, 0x40]);
    assertEquals(inOne.map(({ sequence }) => sequence), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert(inOne.slice(2).every(({ payloadAsBuffer }) => payloadAsBuffer?.every((value) => value === 0)));
  }, { started: false });
});

Deno.test({
  name: "an Art-Net light is shown by a receiver that is not ours, across universes",
  // The receiver keeps a timer until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using receiver = await startArtnetReceiver([255, 256]);
    await withHome(async (home) => {
      const url = `artnet://127.0.0.1:${receiver.port}`;
      const id = await home.add({ device_type: "artnet", url, led_count: 171, universe: 255, rgb_order: "bgr" });
      await bodyOf(await home.put(id, { on: true, color: "#0a141e" }));
      const of = (universe: number) => receiver.first(`universe ${universe}`, (frame) => frame.universe === universe);
      assertEquals((await of(255)).values.slice(0, 510), filled(170, 30, 20, 10));
      assertEquals((await of(256)).values.slice(0, 4), [30, 20, 10, 0]);
      home.time.pass(WINDOW_MS);
      await bodyOf(await home.put(id, { on: false }));
      await receiver.first(
        "darkness",
        ({ universe, values }) => universe === 256 && values.every((each) => each === 0),
      );
    }, { started: false });
  },
});

Deno.test("a virtual light keeps what it was told as long as the process lives, also while it is disabled", async () => {
  await withHome(async (home) => {
    const id = await home.add({ name: "Idea", device_type: "virtual", url: null });
    const checked = await home.checked(id);
    assertEquals([checked["online"], checked["latency_ms"]], [true, 0]);
    assertEquals((await home.device(id))["state"], OFF);
    const blue = { on: true, brightness: 0.25, color: "#0000ff", preset: null };
    assertEquals(await bodyOf(await home.put(id, { brightness: 0.25, color: "#0000FF" })), blue);
    const enable = async (enabled: boolean) =>
      await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { enabled } }));
    assertEquals((await enable(false))["state"], null);
    assertEquals((await problemIn(await home.put(id, { on: false }))).status, 409);
    await enable(true);
    assertEquals(await read(home, id), blue);
    assertEquals((await home.call("POST", `/api/v1/devices/${id}/identify`)).status, 204);
    assertEquals(home.log().map(([actor, action]) => [actor, action]), [
      ["anna", "device.state_changed"],
      ["anna", "device.identified"],
    ]);
  });
});

Deno.test("identify lets a light that only hears blink, lit or dark, and leaves it as it was", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const id = await home.add({ device_type: "ddp", url: `ddp://127.0.0.1:${strip.port}`, led_count: 1 });
    const blink = () => whileTimePasses(home, home.call("POST", `/api/v1/devices/${id}/identify`));
    const shown = () => strip.packets.map((packet) => packet.slice(10).join());
    assertEquals((await blink()).status, 204);
    await strip.count(5);
    assertEquals(shown().slice(0, 5), ["255,255,255", "0,0,0", "255,255,255", "0,0,0", "0,0,0"]);
    assertEquals(await read(home, id), OFF);
    await bodyOf(await home.put(id, { on: true, color: "#000005" }));
    const before = strip.packets.length;
    assertEquals((await blink()).status, 204);
    await strip.count(before + 6);
    assertEquals(shown().filter((color) => color === "255,255,255").length, 4);
    assertEquals(await eventually("the last", () => Promise.resolve(shown().at(-1))), "0,0,5");
    assertEquals(home.log().map(([, action]) => action).filter((action) => action === "device.identified").length, 2);
  }, { started: false });
});

for (const type of STREAMED) {
  Deno.test(`${type}: presets are refused, and so is everything while the name leads nowhere or out of the network`, async () => {
    let addresses: readonly string[] = ["127.0.0.1"];
    await using strip = await startUdpReceiver();
    await withHome(async (home) => {
      const id = await home.add({ device_type: type, url: `${type}://strip.example:${strip.port}` });
      const refused = await problemIn(await home.put(id, { preset: 3 }));
      assertEquals([refused.status, refused.detail], [
        409,
        "Cannot choose a preset of device 'Shelf': its type has none",
      ]);
      addresses = ["127.0.0.1", "192.0.2.1"];
      const outside = await problemIn(await home.put(id, { on: true }));
      assertEquals([outside.status, outside.reason], [502, "not_lan"]);
      assertEquals(await read(home, id), OFF);
      assertEquals(home.log(), []);
      await pause(20);
      assertEquals(strip.packets.length, 0);
    }, { started: false, resolve: () => Promise.resolve(addresses) });
  });

  Deno.test(`${type}: a light that is deleted, disabled or moved goes dark, and begins nothing by itself`, async () => {
    await using strip = await startUdpReceiver();
    await using elsewhere = await startUdpReceiver();
    await withHome(async (home) => {
      const at = (port: number) => `${type}://127.0.0.1:${port}`;
      const id = await home.add({ device_type: type, url: at(strip.port), led_count: 1 });
      const configure = async (json: unknown) =>
        await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json }));
      const light = async (receiver: typeof strip) => {
        const before = receiver.packets.length;
        await bodyOf(await home.put(id, { on: true }));
        await receiver.count(before + 1);
        return before + 1;
      };
      const goodbyes = type === "sacn" ? 6 : 3;
      const lit = await light(strip);
      await configure({ enabled: false });
      await strip.count(lit + goodbyes);
      await configure({ enabled: true });
      assertEquals((await read(home, id))["on"], false);
      await light(strip);
      await configure({ url: at(elsewhere.port) });
      await strip.count(2 * (lit + goodbyes));
      for (let second = 0; second < 5; second++) home.time.pass(1000);
      assertEquals((await read(home, id))["on"], false);
      await light(elsewhere);
      assertEquals((await home.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
      await elsewhere.count(lit + goodbyes);
      for (let second = 0; second < 5; second++) home.time.pass(1000);
      await pause(20);
      assertEquals([strip.packets.length, elsewhere.packets.length], [2 * (lit + goodbyes), lit + goodbyes]);
    }, { started: false });
  });
}

Deno.test("a light that is on goes on when the number of its LEDs changes, and those that are left over go dark", async () => {
  await using strip = await startUdpReceiver();
  await withHome(async (home) => {
    const id = await home.add({ device_type: "ddp", url: `ddp://127.0.0.1:${strip.port}`, led_count: 3 });
    await bodyOf(await home.put(id, { on: true, color: "#070809" }));
    const before = await home.device(id);
    const after = await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { led_count: 2 } }));
    assertEquals(after["state"], before["state"]);
    const frame = new Uint8Array(9);
    for (const packet of await strip.count(5)) readDdp(packet, 3)?.paint(frame);
    assertEquals([...frame], [7, 8, 9, 7, 8, 9, 0, 0, 0]);
    home.time.pass(1000);
    assertEquals((await strip.count(6))[5]?.length, 16);
    assertEquals(home.log().length, 1);
  }, { started: false });
});

Deno.test("at a stop every stream ends in the dark", async () => {
  await using strip = await startUdpReceiver();
  await using receiver = await startSacnReceiver([1]);
  await withHome(async (home) => {
    const ddp = await home.add({ device_type: "ddp", url: `ddp://127.0.0.1:${strip.port}`, led_count: 1 });
    const url = `sacn://127.0.0.1:${receiver.port}`;
    const sacn = await home.add({ name: "Other", device_type: "sacn", url, led_count: 1 });
    for (const id of [ddp, sacn]) await bodyOf(await home.put(id, { on: true }));
  }, { started: false });
  assertEquals((await strip.count(4)).map((packet) => packet[10]), [255, 0, 0, 0]);
  await eventually("the end", () => Promise.resolve(receiver.seen.length === 7 || undefined));
  assertEquals(receiver.seen.map(({ options }) => options), [0, 0, 0, 0, 0x40, 0x40, 0x40]);
});

Deno.test("nobody waits with a light that only hears for the check of a host that says nothing", async () => {
  await using strip = await startUdpReceiver();
  const silent = Promise.withResolvers<readonly string[]>();
  const asked = Promise.withResolvers<void>();
  let answer = () => Promise.resolve<readonly string[]>(["127.0.0.1"]);
  await withHome(async (home) => {
    const url = `sacn://strip.example:${strip.port}`;
    const id = await home.add({ device_type: "sacn", url, led_count: 1 });
    await home.checked(id);
    const usual = answer;
    answer = () => {
      answer = usual;
      asked.resolve();
      return silent.promise;
    };
    home.time.pass(CHECK_MS);
    await asked.promise;
    const told = home.messages.filter(({ type }) => type === "device_health_changed").length;
    await bodyOf(await home.put(id, { on: true }));
    assertEquals(home.messages.filter(({ type }) => type === "device_health_changed").length, told);
    silent.resolve(["127.0.0.1"]);
    await home.checked(id);
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", on: true }]]);
  }, { resolve: () => answer() });
});
