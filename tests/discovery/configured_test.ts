import { assertEquals } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { withTempDir } from "../support/engine.ts";
import { bodyOf, type House, inHouse, withHouse } from "./house.ts";
import { controller } from "./records.ts";

const add = async (house: House, url: string, type = "wled") =>
  String(
    (await bodyOf(
      await house.call("POST", "/api/v1/devices", {
        json: { name: "Lamp", device_type: type, url, ...(type === "wled" ? {} : { led_count: 30 }) },
      }),
      201,
    ))["id"],
  );

const madeIn = async (dir: string, work: (house: House) => Promise<string>) => {
  let made = "";
  await inHouse(dir, async (house) => {
    made = await work(house);
  });
  return made;
};

const MAC = "aabbccddeeff";
/** One device, before and after it got another address. */
const HERE = { mac: MAC, target: "wled-a.local" };
const THERE = { ...HERE, address: "192.168.1.99" };

for (
  const url of [
    "http://192.168.1.20",
    "http://192.168.1.20:80",
    "http://WLED-192-168-1-20.local",
    "http://[fd00:0::20]",
  ]
) {
  Deno.test(`a device that is configured as ${url} is not found`, () =>
    withHouse(async (house) => {
      await add(house, url);
      house.air.tell(
        controller({ target: "wled-192-168-1-20.local", addresses: ["192.168.1.20", "fd00::20"] }),
      );
      await house.pass(1);
      assertEquals([await house.listed(), house.log(), house.told()], [[], [], []]);
    }));
}

Deno.test("another port is another device", () =>
  withHouse(async (house) => {
    await add(house, "http://192.168.1.20:8080");
    house.air.tell(controller());
    assertEquals(await house.names(), ["Shelf"]);
  }));

Deno.test("a device that becomes configured leaves the list without a word, and is found again at once when it is not any more", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    await house.pass(1);
    const id = await add(house, "http://192.168.1.20");
    await house.pass(1);
    assertEquals(await house.listed(), []);
    assertEquals(house.app.rows("SELECT id FROM discovered_device"), []);
    assertEquals((await house.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    assertEquals(await house.names(), ["Shelf"]);
    house.air.tell(controller());
    await house.pass(1);
    assertEquals(house.log().map(([action]) => action), ["device.discovered", "device.discovered"]);
    assertEquals(house.told().map(([type]) => type), ["device_discovered", "device_discovered"]);
  }));

Deno.test("a configured device that goes is no device lost", () =>
  withHouse(async (house) => {
    await add(house, "http://192.168.1.20");
    house.air.tell(controller());
    house.air.tell(controller({ ttl: 0 }));
    await house.pass(5);
    assertEquals([house.log(), house.told()], [[], []]);
  }));

Deno.test("who was configured while the server was down is neither found nor lost", () =>
  withTempDir(async (dir) => {
    await inHouse(dir, async (house) => {
      house.air.tell(controller());
      await house.pass(1);
      await add(house, "http://192.168.1.77");
    });
    await inHouse(dir, async (house) => {
      const [{ id }] = (await bodyOf(await house.call("GET", "/api/v1/devices")))["items"] as readonly [{ id: string }];
      await house.call("PUT", `/api/v1/devices/${id}`, { json: { url: "http://192.168.1.20" } });
      house.air.tell(controller());
      await house.pass(200);
      assertEquals(house.log().length, 1);
    });
  }));

Deno.test("a configured device that gets another address is not found there, nor after a restart, until it is removed", () =>
  withTempDir(async (dir) => {
    const id = await madeIn(dir, async (house) => {
      const made = await add(house, "http://192.168.1.20");
      house.air.tell(controller(HERE));
      await house.pass(1);
      house.air.tell(controller(THERE), "192.168.1.99");
      await house.pass(3);
      assertEquals([await house.listed(), house.log(), house.told()], [[], [], []]);
      return made;
    });
    await inHouse(dir, async (house) => {
      house.air.tell(controller(THERE), "192.168.1.99");
      await house.pass(3);
      assertEquals([await house.listed(), house.log()], [[], []]);
      assertEquals(house.app.rows("SELECT device_id, identity FROM device_identity"), [{
        device_id: id,
        identity: MAC,
      }]);
      assertEquals((await house.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
      await house.pass(1);
      assertEquals(house.log().map(([action]) => action), ["device.discovered"]);
      assertEquals(house.app.rows("SELECT device_id FROM device_identity"), []);
    });
  }));

Deno.test("an adopted device that gets another address cannot be adopted again", () =>
  withHouse(async (house) => {
    house.air.tell(controller(HERE));
    await house.pass(1);
    const ids = (await house.listed()).map(({ id }) => id);
    const adopt = async () =>
      await bodyOf(await house.call("POST", "/api/v1/devices/discovered/adopt", { json: { ids } }));
    assertEquals((await adopt())["succeeded"], 1);
    house.air.tell(controller(THERE), "192.168.1.99");
    await house.pass(3);
    assertEquals([await house.listed(), (await adopt())["succeeded"]], [[], 0]);
    assertEquals(house.log().length, 1);
  }));

Deno.test("a configured device whose address is given to another one keeps its identity", () =>
  withHouse(async (house) => {
    await add(house, "http://192.168.1.20");
    house.air.tell(controller(HERE));
    house.air.tell(controller({ name: "New", mac: "001122334455", target: "wled-b.local" }));
    house.air.tell(controller(THERE), "192.168.1.99");
    await house.pass(3);
    assertEquals(await house.listed(), []);
  }));

Deno.test("who claims the address of a configured device for another one does not hide that", () =>
  withHouse(async (house) => {
    await add(house, "http://192.168.1.20");
    const claimed = { ...HERE, addresses: ["192.168.1.20", "192.168.1.66"] };
    house.air.tell(controller(claimed), "192.168.1.66");
    house.air.tell(controller(claimed).map((record) => ({ ...record, ttl: 0 })), "192.168.1.66");
    await house.pass(3);
    house.air.tell(controller(THERE), "192.168.1.99");
    await house.pass(3);
    assertEquals(await house.names(), ["Shelf"]);
  }));

Deno.test("a device whose configuration leads elsewhere is found again at once", () =>
  withHouse(async (house) => {
    const id = await add(house, "http://192.168.1.20");
    house.air.tell(controller(HERE));
    await house.pass(1);
    await house.call("PUT", `/api/v1/devices/${id}`, { json: { url: "http://192.168.1.77" } });
    assertEquals(await house.names(), ["Shelf"]);
    await house.call("PUT", `/api/v1/devices/${id}`, { json: { url: "http://192.168.1.20" } });
    assertEquals(await house.names(), []);
  }));

Deno.test("a device that is configured and was remembered is not found before it is heard of", () =>
  withTempDir(async (dir) => {
    const time = timeByHand();
    await inHouse(dir, async (house) => {
      house.air.tell(controller());
      await house.pass(1);
    }, { time });
    await inHouse(dir, async (house) => {
      const id = await add(house, "http://192.168.1.20");
      await house.call("DELETE", `/api/v1/devices/${id}`);
      await house.pass(1);
      assertEquals(await house.listed(), []);
    }, { time });
  }));

for (const url of ["http://wled-a.local", "http://shelf.lan"]) {
  Deno.test(`the identity of a device that is configured as ${url} is learned, too`, () =>
    withHouse(async (house) => {
      await add(house, url);
      await house.pass(1);
      house.air.tell(controller(HERE));
      await house.pass(1);
      assertEquals(house.app.rows("SELECT identity, place FROM device_identity"), [{
        identity: MAC,
        place: `${new URL(url).host}:80`,
      }]);
    }, { resolve: () => Promise.resolve(["192.168.1.20"]) }));
}

for (const type of ["ddp", "sacn", "artnet"]) {
  Deno.test(`a device that is configured by ${type} is not found at its port for HTTP`, () =>
    withHouse(async (house) => {
      await add(house, `${type}://192.168.1.20`, type);
      house.air.tell(controller());
      house.air.tell(controller({ name: "Desk", address: "192.168.1.21" }), "192.168.1.21");
      await house.pass(1);
      assertEquals(await house.names(), ["Desk"]);
    }));
}

Deno.test("a device that is configured by a name of the house's DNS is not found, nor after a restart", () =>
  withTempDir(async (dir) => {
    const resolve = (name: string) => Promise.resolve(name === "shelf.lan" ? ["192.168.1.20"] : []);
    await inHouse(dir, async (house) => {
      await add(house, "http://shelf.lan");
      await house.pass(1);
      house.air.tell(controller(), "192.168.1.66");
      await house.pass(1);
      assertEquals(await house.listed(), []);
    }, { resolve });
    await inHouse(dir, async (house) => {
      await house.pass(1);
      house.air.tell(controller(), "192.168.1.66");
      await house.pass(1);
      assertEquals([await house.listed(), house.log()], [[], []]);
    }, { resolve });
  }));
