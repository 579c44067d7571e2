import { assert, assertEquals } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { withTempDir } from "../support/engine.ts";
import { createSteady } from "../../src/discovery/steady.ts";
import { type House, inHouse, withHouse } from "./house.ts";
import { controller } from "./records.ts";

Deno.test("names of others are cleaned before anybody sees them, and a name of nothing is replaced", () =>
  withHouse(async (house) => {
    const names = {
      "\u001b[31mRed\u001b[0m\r\nlamp": "Redlamp",
      "a\u202eevil\u2066b": "aevilb",
      "<img src=x onerror=alert(1)>": "<img src=x onerror=alert(1)>",
      "Kitchen. No. 2": "Kitchen. No. 2",
      "\ufffd\ufffdlamp": "\ufffd\ufffdlamp",
      "\u0000\u200b\u2028": "WLED 192.168.1.45",
    };
    for (const [index, name] of Object.keys(names).entries()) {
      const address = `192.168.1.${40 + index}`;
      house.air.tell(controller({ name, address }), address);
    }
    await house.pass(1);
    const shown = (await house.listed()).map(({ name }) => String(name)).toSorted();
    assertEquals(shown, Object.values(names).toSorted());
    for (const text of [...house.app.log, ...house.log().flat()]) {
      // deno-lint-ignore no-control-regex -- control characters are what this is about
      assert(!/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(text.trimEnd()), JSON.stringify(text));
    }
  }));

for (
  const [what, told, sender] of [
    ["a public address", { address: "8.8.8.8" }, undefined],
    ["a public address beside one of the LAN", { addresses: ["192.168.1.20", "93.184.216.34"] }, undefined],
    ["a public IPv6 address", { addresses: ["2001:db8::1"] }, undefined],
    ["an IPv4 address dressed as IPv6", { addresses: ["::ffff:8.8.8.8"] }, undefined],
    ["an address of this very machine, from elsewhere", { address: "127.0.0.1" }, undefined],
    ["an address of this very machine in IPv6, from elsewhere", { addresses: ["::1"] }, undefined],
    ["a dressed address of this very machine", { addresses: ["::ffff:127.0.0.1"] }, undefined],
    ["port 0", { port: 0 }, undefined],
    ["a host that is an address", { target: "192.168.1.20" }, undefined],
    ["a host that is a number", { target: "0x7f.1" }, undefined],
    ["a host with a path in it", { target: "a/b@c:80.local" }, undefined],
    ["an address that is none", { address: "999.1.1.1" }, undefined],
  ] as const
) {
  Deno.test(`a device with ${what} is no device`, () =>
    withHouse(async (house) => {
      house.air.tell(controller(told), sender);
      house.air.tell(controller({ name: "Sound", address: "192.168.1.50" }), "192.168.1.50");
      await house.pass(3);
      assertEquals(await house.names(), ["Sound"]);
      assertEquals(house.log().length, 1);
    }));
}

Deno.test("a device that begins to claim a public address is gone", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ target: "x.local" }));
    await house.pass(1);
    house.air.tell(controller({ target: "x.local", addresses: ["192.168.1.20", "8.8.8.8"] }));
    await house.pass(1);
    assertEquals(await house.listed(), []);
    assertEquals(house.log().map(([action]) => action), ["device.discovered", "device.lost"]);
  }));

Deno.test("a sender who makes up devices fills neither the list, nor the log, nor the table", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ name: "Real", address: "192.168.1.50" }), "192.168.1.50");
    await house.pass(1);
    for (let n = 0; n < 3000; n++) {
      house.air.tell(controller({ name: `F${n}`, address: "192.168.1.66", target: `f${n}.local` }), "192.168.1.66");
    }
    await house.pass(2);
    const { length } = await house.listed();
    assert(length <= 512, String(length));
    assert((await house.names()).includes("Real"));
    house.air.tell(controller({ name: "Late", address: "192.168.1.51" }), "192.168.1.51");
    await house.pass(1);
    assert((await house.names()).includes("Late"), "who is loudest makes room");
    await house.pass(60);
    const ofFlood = house.entries().filter(({ message }) => /'F\d/.test(message));
    assert(ofFlood.length <= 20, "ten a minute");
    const [summary] = house.entries().filter(({ metadata }) => metadata["suppressed"] !== undefined);
    assertEquals(
      summary?.metadata["suppressed"],
      502,
      "the 511 that there was room for but ten, and one that made room",
    );
    const rows = house.app.rows("SELECT id FROM discovered_device").length;
    assert(rows <= 513, `${rows} rows: the 512 that there is room for, and one of the ten that made room`);
    assert(house.told().length < 600, String(house.told().length));
  }));

Deno.test("senders of one IPv6 network count as one, and others apart", () =>
  withHouse(async (house) => {
    for (let n = 1; n <= 20; n++) {
      house.air.tell(controller({ name: `V${n}`, address: "192.168.1.66", target: `v${n}.local` }), `fd00::${n}`);
      house.air.tell(controller({ name: `W${n}`, address: `192.168.2.${n}` }), `192.168.2.${n}`);
    }
    await house.pass(1);
    assertEquals(house.log().filter(([, message]) => message.includes("'V")).length, 10);
    assertEquals(house.log().filter(([, message]) => message.includes("'W")).length, 20);
  }));

Deno.test("a day has room for no more than a hundredth of the log, together with rejected callers", () =>
  withHouse(async (house) => {
    // 20,000 entries are kept: 200 a day.
    for (let n = 0; n < 12; n++) {
      await house.app.call("GET", "/api/v1/devices", { token: "wrong", peer: "192.168.3.1" });
    }
    for (let n = 1; n <= 300; n++) {
      const address = `10.0.${n >> 7}.${n & 127}`;
      house.air.tell(controller({ name: `L${n}`, address }), address);
    }
    await house.pass(2);
    const rejected = house.app.entries().filter(({ action }) => action === "auth.rejected").length;
    assertEquals([rejected, house.log().length], [10, 190]);
    assertEquals((await house.listed()).length, 300, "they are listed all the same");
    await house.pass(10);
    house.time.pass(3_600_000);
    await house.pass(1);
    const summaries = house.entries().filter(({ metadata }) => metadata["suppressed"] !== undefined);
    assertEquals(summaries.length, 1);
    assert(Number(summaries[0]?.metadata["suppressed"]) >= 110);
  }));

Deno.test("devices that there was no room for are remembered, and on record once when there is room", () =>
  withTempDir(async (dir) => {
    const time = timeByHand();
    const tell = (house: House) => {
      for (let n = 1; n <= 300; n++) {
        const address = `10.0.${n >> 7}.${n & 127}`;
        house.air.tell(controller({ name: `L${n}`, address }), address);
      }
    };
    const found = (house: House) => house.log().filter(([, message]) => message.startsWith("Found 'L"));
    await inHouse(dir, async (house) => {
      tell(house);
      await house.pass(2);
      assertEquals(found(house).length, 200);
      await house.pass(70);
      assertEquals(house.app.rows("SELECT id FROM discovered_device").length, 300);
      assertEquals(found(house).length, 200);
    }, { time });
    time.pass(86_400_000);
    await inHouse(dir, async (house) => {
      tell(house);
      await house.pass(70);
      assertEquals([found(house).length, new Set(found(house).map(String)).size], [300, 300]);
      await house.pass(70);
      assertEquals((await house.listed()).length, 0, "they fell silent");
      assertEquals(house.app.rows("SELECT id FROM discovered_device WHERE recorded = 1"), []);
    }, { time });
  }));

Deno.test("a device that was never on record and goes leaves nothing behind", () =>
  withHouse(async (house) => {
    for (let n = 0; n < 11; n++) {
      house.air.tell(controller({ name: `F${n}`, target: `f${n}.local` }));
    }
    await house.pass(2);
    assertEquals(house.app.rows("SELECT id FROM discovered_device").length, 10);
    house.air.tell(controller({ name: "F10", target: "f10.local", ttl: 0 }));
    await house.pass(70);
    assertEquals(house.app.rows("SELECT id FROM discovered_device").length, 10);
    assert(!house.log().some(([, message]) => message.includes("'F10'")));
  }));

Deno.test("found devices and rejected calls of one address share its minute", () =>
  withHouse(async (house) => {
    for (let n = 0; n < 7; n++) {
      await house.app.call("GET", "/api/v1/devices", { token: "wrong", peer: "192.168.1.66" });
    }
    for (let n = 0; n < 7; n++) {
      const told = { name: `F${n}`, address: "192.168.1.66", target: `f${n}.local` };
      house.air.tell(controller(told), "192.168.1.66");
    }
    await house.pass(2);
    assertEquals(house.log().length, 3);
    await house.pass(59);
    assertEquals(house.entries().flatMap(({ metadata }) => metadata["suppressed"] ?? []), [4]);
  }));

Deno.test("a device that comes and goes all the time is on record ten times a minute at most", () =>
  withHouse(async (house) => {
    for (let n = 0; n < 15; n++) {
      house.air.tell(controller());
      await house.pass(1);
      house.air.tell(controller({ ttl: 0 }));
      await house.pass(2);
    }
    assert(house.log().length <= 10, String(house.log().length));
    await house.pass(61);
    assert(house.entries().some(({ metadata }) => Number(metadata["suppressed"]) > 0));
  }));

Deno.test("a sender who takes a host's name for made-up devices does not hide the device that is there", () =>
  withHouse(async (house) => {
    for (let n = 0; n < 8; n++) {
      house.air.tell(controller({ name: `F${n}`, address: "192.168.1.66", target: "wled-real.local" }), "192.168.1.66");
    }
    await house.pass(2);
    house.air.tell(controller({ name: "Real", address: "192.168.1.50", target: "wled-real.local" }), "192.168.1.50");
    await house.pass(1);
    assert((await house.names()).includes("Real"), (await house.names()).join());
    assert((await house.listed()).length <= 4);
  }));

Deno.test("a device of which somebody else says goodbye is asked at once, and stays when it answers", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    await house.pass(5);
    house.air.asked.length = 0;
    house.air.tell(controller({ ttl: 0 }), "192.168.1.66");
    assertEquals(house.air.asked.map(({ name, type }) => `${type} ${name}`).slice(0, 1), [
      "SRV Shelf._wled._tcp.local",
    ]);
    house.air.tell(controller());
    await house.pass(5);
    assertEquals(house.log().map(([action]) => action), ["device.discovered"]);
  }));

Deno.test("a clock that is set ahead loses nobody", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    await house.pass(2);
    house.time.pass(86_400_000);
    await house.pass(2);
    assertEquals(house.log().map(([action]) => action), ["device.discovered"]);
    await house.pass(130);
    assertEquals(house.log().map(([action]) => action), ["device.discovered", "device.lost"]);
  }));

Deno.test("time goes on as it passes, whatever the clock is set to", () => {
  let now = 1_000_000;
  const steady = createSteady({ now: () => now });
  const begun = steady.now();
  const after = (ms: number) => {
    now += ms;
    return steady.now() - begun;
  };
  assertEquals([after(1000), after(59_000), after(86_400_000), after(1000)], [1000, 60_000, 60_000, 61_000]);
  assertEquals([after(-86_400_000), after(1000)], [61_000, 62_000]);
});
