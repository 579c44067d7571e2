import { assertEquals } from "@std/assert";
import { withTempDir } from "../support/engine.ts";
import { bodyOf, type House, inHouse, withHouse } from "./house.ts";
import { controller } from "./records.ts";

const add = async (house: House, url: string, name = "Lamp") =>
  String(
    (await bodyOf(
      await house.call("POST", "/api/v1/devices", { json: { name, device_type: "wled", url } }),
      201,
    ))["id"],
  );

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

Deno.test("a device that becomes configured leaves the list without a word, and is found again when it is not any more", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    await house.pass(1);
    const id = await add(house, "http://192.168.1.20");
    await house.pass(1);
    assertEquals(await house.listed(), []);
    assertEquals(house.app.rows("SELECT id FROM discovered_device"), []);
    assertEquals((await house.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    assertEquals(await house.listed(), []);
    house.air.tell(controller());
    await house.pass(1);
    assertEquals(await house.names(), ["Shelf"]);
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
