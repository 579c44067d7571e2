import { assert, assertEquals, assertMatch } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { withTempDir } from "../support/engine.ts";
import { bodyOf, inHouse, withHouse } from "./house.ts";
import { controller, SERVICE } from "./records.ts";

Deno.test("a controller that tells of itself is listed, on record and told to live clients, once", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ mac: "aabbccddeeff" }));
    await house.pass(1);
    const [found, ...others] = await house.listed();
    assertEquals(others, []);
    const { id, first_seen_at, last_seen_at, ...shown } = found ?? {};
    assertEquals(shown, {
      name: "Shelf",
      device_type: "wled",
      url: "http://192.168.1.20",
      address: "192.168.1.20",
      host: "wled-192-168-1-20.local",
      mac: "aabbccddeeff",
    });
    assertMatch(String(id), /^dsc_[0-9A-Z]{26}$/);
    assertEquals(first_seen_at, last_seen_at);
    for (let n = 0; n < 5; n++) house.air.tell(controller({ mac: "aabbccddeeff" }));
    await house.pass(30);
    assertEquals(house.log(), [["device.discovered", "Found 'Shelf' at http://192.168.1.20"]]);
    assertEquals(house.told(), [["device_discovered", "Shelf"]]);
    const [entry] = house.entries();
    assertEquals(
      [entry?.actor, entry?.severity, entry?.entity_id, entry?.metadata],
      ["system", "info", null, { url: "http://192.168.1.20", device_type: "wled" }],
    );
  }));

Deno.test("the network is asked at the start, after one and three seconds, and then ever more seldom", () =>
  withHouse(async ({ air, time }) => {
    const rounds = () => air.asked.filter(({ name, type }) => name === SERVICE && type === "PTR").length;
    const at: number[] = [];
    for (let second = 0, before = 0; second <= 190; second++) {
      if (rounds() > before) at.push(second);
      before = rounds();
      time.pass(1000);
    }
    assertEquals(at, [0, 1, 3, 7, 15, 31, 63, 123, 183]);
    await Promise.resolve();
  }));

Deno.test("what a packet leaves out is asked for, and the device is whole when it comes", () =>
  withHouse(async (house) => {
    const [pointer, server, texts, address] = controller({ name: "Desk" });
    house.air.tell([pointer!]);
    assert(house.air.asked.some(({ name, type }) => name === `Desk.${SERVICE}` && type === "SRV"));
    assertEquals(await house.listed(), []);
    house.air.tell([server!, texts!]);
    await house.pass(2);
    assert(house.air.asked.some(({ name, type }) => name === "wled-192-168-1-20.local" && type === "A"));
    house.air.tell([address!]);
    assertEquals(await house.names(), ["Desk"]);
  }));

Deno.test("names are the same in any case, and one hardware address is one device under any name", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ name: "Shelf", mac: "aabbccddeeff" }));
    house.air.tell(
      controller({ name: "SHELF", mac: "AABBCCDDEEFF" }).map((record) => ({
        ...record,
        name: record.name.toUpperCase(),
      })),
    );
    house.air.tell(controller({ name: "Shelf above", mac: "aabbccddeeff" }));
    await house.pass(1);
    assertEquals(await house.names(), ["Shelf above"]);
    assertEquals(house.log().length, 1);
    // The old name ends; the device does not.
    house.air.tell(controller({ name: "Shelf", mac: "aabbccddeeff", ttl: 0 }).slice(0, 3));
    await house.pass(3);
    assertEquals(await house.names(), ["Shelf above"]);
    assertEquals(house.log().length, 1);
  }));

Deno.test("a hardware address that is none is no identity", () =>
  withHouse(async (house) => {
    const texts = ["mac=000000000000", "mac=xyz", "mac=aabbccddeeff00", "mac=aa:bb:cc:dd:ee:ff", "mac="];
    for (const [index, text] of texts.entries()) {
      house.air.tell(
        controller({ name: `L${index}`, address: `192.168.1.${30 + index}`, texts: [text] }),
        "192.168.1.9",
      );
    }
    assertEquals((await house.listed()).map(({ mac }) => mac), texts.map(() => null));
  }));

Deno.test("a restart records nothing new, and the device keeps its id", () =>
  withTempDir(async (dir) => {
    const time = timeByHand();
    let first: unknown;
    await inHouse(dir, async (house) => {
      house.air.tell(controller());
      await house.pass(1);
      first = (await house.listed())[0];
    }, { time });
    time.pass(3_600_000);
    await inHouse(dir, async (house) => {
      assertEquals(await house.listed(), []);
      house.air.tell(controller());
      await house.pass(1);
      const [again] = await house.listed();
      assertEquals([again?.["id"], again?.["first_seen_at"]], [Object(first).id, Object(first).first_seen_at]);
      assertEquals(house.log(), [["device.discovered", "Found 'Shelf' at http://192.168.1.20"]]);
      assertEquals(house.told(), [["device_discovered", "Shelf"]]);
    }, { time });
  }));

Deno.test("who is remembered and not heard of within three minutes after the start is lost, once", () =>
  withTempDir(async (dir) => {
    await inHouse(dir, async (house) => {
      house.air.tell(controller());
      await house.pass(1);
    });
    await inHouse(dir, async (house) => {
      await house.pass(179);
      assertEquals(house.log().length, 1);
      await house.pass(3);
      assertEquals(house.log().map(([action]) => action), ["device.discovered", "device.lost"]);
      assertEquals(house.told(), [["device_lost", "Shelf"]]);
    });
    await inHouse(dir, async (house) => {
      await house.pass(200);
      assertEquals(house.log().length, 2);
    });
  }));

Deno.test("a goodbye counts after a second, unless the device comes back", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    house.air.tell(controller({ ttl: 0 }));
    house.air.tell(controller());
    await house.pass(5);
    assertEquals(await house.names(), ["Shelf"]);
    house.air.tell(controller({ ttl: 0 }));
    assertEquals(await house.names(), ["Shelf"]);
    await house.pass(2);
    assertEquals(await house.listed(), []);
    assertEquals(house.log().at(-1), ["device.lost", "'Shelf' at http://192.168.1.20 is gone"]);
    assertEquals(house.entries().at(-1)?.severity, "warning");
    assertEquals(house.told().map(([type]) => type), ["device_discovered", "device_lost"]);
  }));

Deno.test("a device that falls silent is asked at 80 % of its time, and lost at its end", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    const asked = () => house.air.asked.filter(({ name, type }) => name.startsWith("Shelf") && type === "SRV").length;
    await house.pass(95);
    assertEquals(asked(), 0);
    await house.pass(1);
    assertEquals(asked(), 1);
    await house.pass(23);
    assertEquals(await house.names(), ["Shelf"]);
    await house.pass(2);
    assertEquals(await house.listed(), []);
    assertEquals(house.log().map(([action]) => action), ["device.discovered", "device.lost"]);
    // The name still holds by its own time; it is no sign of life.
    house.air.tell(controller().slice(0, 1));
    await house.pass(2);
    assertEquals(await house.listed(), []);
  }));

Deno.test("one that answers when it is asked again stays", () =>
  withHouse(async (house) => {
    for (let minute = 0; minute < 10; minute++) {
      house.air.tell(controller());
      await house.pass(60);
    }
    assertEquals(await house.names(), ["Shelf"]);
    assertEquals(house.log().length, 1);
  }));

Deno.test("when the network goes away nobody is taken for gone, and when it is back all go on", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    house.air.tell(controller({ name: "Desk", address: "192.168.1.21" }), "192.168.1.21");
    await house.pass(1);
    house.air.unplug();
    await house.pass(600);
    const away = await bodyOf(await house.call("GET", "/api/v1/devices/discovered"));
    assertEquals([away["searching"], away["problem"]], [false, "There is no network."]);
    assertEquals(house.log().length, 2);
    house.air.asked.length = 0;
    house.air.plug();
    assert(house.air.asked.length > 0, "it asks at once");
    house.air.tell(controller());
    await house.pass(15);
    assertEquals(await house.names(), ["Shelf"]);
    assertEquals(house.log().at(-1), ["device.lost", "'Desk' at http://192.168.1.21 is gone"]);
  }));

Deno.test("a new address of a device is its address at once, without an entry", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ target: "wled-a.local" }));
    await house.pass(5);
    house.air.tell(controller({ target: "wled-a.local", address: "192.168.1.99" }));
    await house.pass(2);
    house.air.tell(controller({ target: "wled-a.local", address: "192.168.1.99" }));
    await house.pass(1);
    assertEquals((await house.listed()).map(({ url }) => url), ["http://192.168.1.99"]);
    assertEquals(house.log().length, 1);
    assertEquals(house.told().at(-1), ["device_discovered", "Shelf"]);
  }));

Deno.test("IPv4 comes before IPv6, and a device with IPv6 alone has it in brackets", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ name: "A", target: "a.local", addresses: ["fe80::1", "fd00::20", "192.168.1.20"] }));
    house.air.tell(controller({ name: "B", target: "b.local", addresses: ["fe80::2", "fd00:0:0::21"], port: 8080 }));
    assertEquals((await house.listed()).map(({ url }) => url), ["http://192.168.1.20", "http://[fd00::21]:8080"]);
  }));

Deno.test("a device with nothing but a link-local IPv6 address is none, and is asked for others", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ target: "a.local", addresses: ["fe80::1", "FEBF::2"] }));
    await house.pass(1);
    assertEquals([await house.listed(), house.log()], [[], []]);
    assert(house.air.asked.some(({ name, type }) => name === "a.local" && type === "A"));
    house.air.tell(controller({ target: "a.local", addresses: ["fe80::1", "192.168.1.20"] }));
    await house.pass(1);
    assertEquals((await house.listed()).map(({ url }) => url), ["http://192.168.1.20"]);
  }));

Deno.test("last_seen is written once an hour and at the stop, not whenever a device is heard", () =>
  withTempDir(async (dir) => {
    const time = timeByHand();
    const seenAt = (app: { rows<R extends object>(sql: string): readonly R[] }) =>
      app.rows<{ last_seen_at: string }>("SELECT last_seen_at FROM discovered_device")[0]?.last_seen_at;
    await inHouse(dir, async (house) => {
      house.air.tell(controller());
      await house.pass(1);
      const before = seenAt(house.app);
      for (let minute = 0; minute < 59; minute++) {
        house.air.tell(controller());
        await house.pass(60);
      }
      assertEquals(seenAt(house.app), before);
      house.air.tell(controller());
      await house.pass(70);
      assert(seenAt(house.app)! > before!);
    }, { time });
    await inHouse(dir, (house) => {
      assert(Date.parse(seenAt(house.app)!) > time.clock.now() - 100_000);
      return Promise.resolve();
    }, { time });
  }));
