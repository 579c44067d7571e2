import { assert, assertEquals } from "@std/assert";
import { createServer } from "node:net";
import { isArtPollReply } from "../../src/devices/artnet.ts";
import { isDdpStatus } from "../../src/devices/ddp.ts";
import { createLanTouch } from "../../src/runtime/lan_touch.ts";
import { createLanUdp } from "../../src/runtime/udp.ts";
import { bodyOf, withHome } from "./home.ts";
import { startUdpReceiver } from "./udp_receivers.ts";
import { startRawServer } from "./raw_server.ts";

const STREAMED = ["ddp", "sacn", "artnet"] as const;
const LOOPBACK = { kind: "ipv4", address: "127.0.0.1" } as const;
const never = () => new AbortController().signal;

/** A TCP port that refuses. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

for (const type of STREAMED) {
  Deno.test(`${type}: a host that accepts or refuses a connection lives; one that is not there goes offline and comes back`, async () => {
    await using tcp = await startRawServer(() => {});
    let addresses: readonly string[] = ["127.0.0.1"];
    await withHome(async (home) => {
      const accepting = await home.add({ device_type: type, url: `${type}://strip.example:${tcp.port}` });
      const refusing = await home.add({
        name: "R",
        device_type: type,
        url: `${type}://127.0.0.1:${await closedPort()}`,
      });
      for (const id of [accepting, refusing]) {
        const { online, latency_ms, offline_reason } = await home.checked(id);
        assertEquals([online, offline_reason], [true, null]);
        assert(typeof latency_ms === "number" && latency_ms >= 0);
      }
      addresses = [];
      await home.check(accepting);
      await home.checked(refusing);
      assertEquals((await home.device(accepting))["online"], true, "one failure may be chance");
      await home.check(accepting);
      assertEquals((await home.checked(refusing))["online"], true);
      const gone = await home.device(accepting);
      assertEquals([gone["online"], gone["latency_ms"], gone["offline_reason"]], [false, null, "unresolved"]);
      addresses = ["127.0.0.1"];
      await home.check(accepting);
      assertEquals((await home.device(accepting))["online"], true);
      assertEquals(home.log().map(([actor, action]) => [actor, action]), [
        ["system", "device.offline"],
        ["system", "device.online"],
      ]);
    }, { resolve: () => Promise.resolve(addresses) });
  });
}

Deno.test("a router is online while its SSH port accepts, not when it refuses, and has no light", async () => {
  const ssh = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((resolve) => ssh.listen(0, "127.0.0.1", resolve));
  const address = ssh.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await withHome(async (home) => {
    const url = `ssh://127.0.0.1:${port}`;
    const id = await home.add({ device_type: "routeros", url, ssh_user: "backup", ssh_identity: "/keys/id" });
    assertEquals((await home.checked(id))["online"], true);
    const device = await home.device(id);
    assertEquals([device["state"], device["capabilities"]], [null, ["configuration"]]);
    await new Promise((resolve) => ssh.close(resolve));
    await home.check(id);
    await home.check(id);
    const gone = await home.device(id);
    assertEquals([gone["online"], gone["offline_reason"]], [false, "unreachable"]);
    assertEquals((await home.call("PUT", `/api/v1/devices/${id}/state`, { json: { on: true } })).status, 409);
  });
});

Deno.test("what can be done with a device follows from its type, and is told before it was ever checked", async () => {
  const light = ["power", "brightness", "color", "identify"];
  const expected = {
    wled: ["power", "brightness", "color", "preset", "identify", "configuration"],
    ddp: light,
    sacn: light,
    artnet: light,
    virtual: light,
    routeros: ["configuration"],
  };
  await withHome(async (home) => {
    for (const [device_type, capabilities] of Object.entries(expected)) {
      const url = { wled: "http", routeros: "ssh", virtual: null }[device_type] ?? device_type;
      const json = {
        name: device_type,
        device_type,
        led_count: 1,
        url: device_type === "virtual" ? null : `${url}://127.0.0.1`,
      };
      const made = await bodyOf(await home.call("POST", "/api/v1/devices", { json }), 201);
      assertEquals([made["capabilities"], made["online"], made["state"]], [capabilities, null, null]);
      const lied = { capabilities: ["power"], description: "changed" };
      const answer = await bodyOf(await home.call("PUT", `/api/v1/devices/${made["id"]}`, { json: lied }));
      assertEquals([answer["capabilities"], answer["description"]], [capabilities, "changed"]);
    }
  }, { started: false });
});

Deno.test("a display that answers for itself lives, though its TCP says nothing", async () => {
  const udp = createLanUdp();
  const status = new Uint8Array([0x45, 0, 0, 251, 0, 0, 0, 0, 0, 0]);
  await using display = await startUdpReceiver(() => {
    display.answer(new Uint8Array([1, 2, 3])); // what is no answer is passed over
    display.answer(status);
  });
  const place = { host: LOOPBACK, port: display.port };
  const question = new Uint8Array([0x42, 0, 0, 251, 0, 0, 0, 0, 0, 0]);
  const alive = await udp.ask(place, question, { isAnswer: isDdpStatus, signal: never() });
  assert(alive.ok && alive.ms >= 0);
  const late = await udp.ask(place, question, { isAnswer: isArtPollReply, signal: AbortSignal.timeout(50) });
  assertEquals(late, { ok: false, reason: "timeout", sent: false });
  await udp.close();
  assertEquals(await udp.send(place, [status]), { ok: false, reason: "unreachable", sent: false });
});

Deno.test("an answer is known by its sender, however the address of that is spelled", async () => {
  const udp = createLanUdp();
  await using display = await startUdpReceiver(() => display.answer(new Uint8Array([1])));
  for (const address of ["::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:7f00:1"]) {
    const place = { host: { kind: "ipv6", address }, port: display.port } as const;
    const alive = await udp.ask(place, new Uint8Array(1), { isAnswer: () => true, signal: AbortSignal.timeout(500) });
    assertEquals(alive.ok, true, address);
  }
  await udp.close();
});

Deno.test("neither datagrams nor connections go where they must not, and nothing is thrown", async () => {
  const resolve = (name: string) =>
    name === "nobody.example" ? Promise.reject(new Error("unknown")) : Promise.resolve(["127.0.0.1", "198.51.100.7"]);
  const [udp, { touch }] = [createLanUdp({ resolve }), createLanTouch({ resolve })];
  const cases = [
    [{ kind: "ipv4", address: "198.51.100.7" }, "not_lan"],
    [{ kind: "ipv6", address: "2001:db8::1" }, "not_lan"],
    [{ kind: "name", name: "mixed.example" }, "not_lan"],
    [{ kind: "name", name: "nobody.example" }, "unresolved"],
  ] as const;
  for (const [host, reason] of cases) {
    const failure = { ok: false, reason, sent: false } as const;
    const place = { host, port: 9 };
    assertEquals(await udp.send(place, [new Uint8Array(3)]), failure);
    assertEquals(await udp.ask(place, new Uint8Array(3), { isAnswer: () => true, signal: never() }), failure);
    assertEquals(await touch(place, { proof: "answers", signal: never() }), failure);
  }
  await udp.close();
});

Deno.test("the datagrams of a frame leave in their order, however many there are", async () => {
  await using receiver = await startUdpReceiver();
  const udp = createLanUdp();
  const place = { host: LOOPBACK, port: receiver.port };
  const numbered = (from: number) =>
    Array.from({ length: 30 }, (_, index) => new Uint8Array(index % 2 === 0 ? 1400 : 2).fill(from + index));
  await Promise.all([udp.send(place, numbered(0)), udp.send(place, numbered(30)), udp.send(place, numbered(60))]);
  const packets = await receiver.count(90);
  assertEquals(packets.map(([first]) => first), Array.from({ length: 90 }, (_, index) => index));
  await udp.close();
});
