import { assert, assertEquals } from "@std/assert";
import { refusal } from "../api/answers.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { startStubLight } from "../devices/stub_light.ts";
import { withApp } from "../support/app.ts";
import { createAir } from "./air.ts";
import { bodyOf, type House, withHouse } from "./house.ts";
import { controller } from "./records.ts";

interface Outcome {
  readonly id: string;
  readonly ok: boolean;
  readonly name?: string | null;
  readonly device?: {
    readonly id: string;
    readonly name: string;
    readonly url: string;
    readonly tags: readonly string[];
  };
  readonly error?: { readonly code: string; readonly message: string };
}

interface Adopted {
  readonly items: readonly Outcome[];
  readonly succeeded: number;
  readonly failed: number;
}

const adopt = async (house: House, ids: readonly unknown[], tags?: readonly string[]): Promise<Adopted> => {
  const answer = await house.call("POST", "/api/v1/devices/discovered/adopt", { json: { ids, ...(tags && { tags }) } });
  assertEquals(answer.status, 200);
  return await answer.json();
};

const idsOf = async (house: House) => (await house.listed()).map(({ id }) => id);

/** Reads lines of JSON as they come. */
async function* linesOf(answer: Response): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let rest = "";
  for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
  assertEquals(rest, "");
}

Deno.test("found devices are adopted as the caller, each under a name that is free, with their tags", () =>
  withHouse(async (house) => {
    await house.call("POST", "/api/v1/devices", { json: { name: "WLED", device_type: "virtual" } });
    for (const [index, name] of ["WLED", "Desk", "Stairs"].entries()) {
      const address = `192.168.1.${101 + index}`;
      house.air.tell(controller({ name, address }), address);
    }
    const { items, succeeded, failed } = await adopt(house, await idsOf(house), ["hall"]);
    assertEquals([succeeded, failed], [items.length, 0]);
    for (const { device } of items) assertEquals(device?.tags, ["hall"]);
    assertEquals(await house.listed(), []);
    const made = house.app.entries().filter(({ action, entity_name }) =>
      action === "entity.created" && entity_name !== "WLED"
    );
    assertEquals(made.length, succeeded);
    assert(made.every(({ actor }) => actor === "anna"));
    assertEquals(made.map(({ entity_name }) => entity_name).toSorted(), ["Desk", "Stairs", "WLED 2"]);
  }));

Deno.test("devices with one name become a row of numbers, 300 at once", () =>
  withHouse(async (house) => {
    // The same name once cleaned, from instances that are not the same.
    for (let n = 1; n <= 300; n++) {
      const address = `10.0.${n >> 7}.${n & 127}`;
      house.air.tell(
        controller({ name: `Pixel${"\u0001".repeat(1 + n % 60)}${"\u0002".repeat(n / 60)}`, address }),
        address,
      );
    }
    const ids = await idsOf(house);
    assertEquals(ids.length, 300);
    const { items, succeeded } = await adopt(house, ids);
    assertEquals(succeeded, 300);
    assertEquals(items.map(({ id }) => id), ids, "in the order that was asked for");
    const names = new Set(items.map(({ device }) => device?.name));
    assertEquals([names.size, names.has("Pixel"), names.has("Pixel 300")], [300, true, true]);
  }));

Deno.test("what cannot be adopted is told one by one, and stops nobody", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ name: "A" }));
    house.air.tell(controller({ name: "B", address: "192.168.1.21" }), "192.168.1.21");
    house.air.tell(controller({ name: "C", address: "192.168.1.22" }), "192.168.1.22");
    const [a, b, c] = await idsOf(house);
    await house.call("POST", "/api/v1/devices", {
      json: { name: "Own", device_type: "wled", url: "http://192.168.1.21" },
    });
    house.air.tell(controller({ name: "C", address: "192.168.1.22", ttl: 0 }), "192.168.1.22");
    await house.pass(2);
    const { items, succeeded, failed } = await adopt(house, [b, "dsc_none", a, c]);
    assertEquals([succeeded, failed], [1, 3]);
    assertEquals(items.map(({ id, ok, error }) => [id, ok, error?.code]), [
      [b, false, "conflict"],
      ["dsc_none", false, "not_found"],
      [a, true, undefined],
      [c, false, "not_found"],
    ]);
    assertEquals(items.map(({ name }) => name), ["B", null, undefined, "C"]);
  }));

Deno.test("two who adopt the same device at once make one", () =>
  withHouse(async (house) => {
    house.air.tell(controller());
    const ids = await idsOf(house);
    const both = await Promise.all([adopt(house, ids), adopt(house, ids)]);
    assertEquals(both.map(({ succeeded }) => succeeded).toSorted(), [0, 1]);
    const { total } = await bodyOf(await house.call("GET", "/api/v1/devices"));
    assertEquals(total, 1);
  }));

Deno.test("a bad adoption is refused as a whole", () =>
  withHouse(async (house) => {
    for (
      const json of [{}, { ids: [] }, { ids: ["a", "a"] }, { ids: [1] }, { ids: ["a"], tags: "x" }, {
        ids: ["a"],
        x: 1,
      }]
    ) {
      const [status] = await refusal(await house.call("POST", "/api/v1/devices/discovered/adopt", { json }));
      assertEquals(status, 422, JSON.stringify(json));
    }
  }));

Deno.test("a search asks at once and a second later, tells each device once as it comes, and ends with the time", () =>
  withHouse(async (house) => {
    house.air.tell(controller({ name: "Before" }));
    await house.call("POST", "/api/v1/devices", {
      json: { name: "Own", device_type: "wled", url: "http://192.168.1.30" },
    });
    await house.pass(20);
    const asked = () => house.air.asked.filter(({ type }) => type === "PTR").length;
    const before = asked();
    const answer = await house.call("POST", "/api/v1/devices/discover", { json: { timeout_seconds: 2 } });
    assertEquals([answer.status, answer.headers.get("content-type")], [200, "application/x-ndjson"]);
    assertEquals(asked() - before, 1);
    const lines = linesOf(answer);
    const next = async () => Object((await lines.next()).value);
    house.air.tell(controller({ name: "Before" }));
    house.air.tell(controller({ name: "Before" }));
    const first = await next();
    assertEquals([first.type, first.device.name, first.configured], ["device", "Before", false]);
    assertEquals(first.device.id, (await house.listed())[0]?.["id"]);
    house.air.tell(controller({ name: "Mine", address: "192.168.1.30" }), "192.168.1.30");
    const second = await next();
    assertEquals([second.device.name, second.configured], ["Mine", true]);
    house.time.pass(1000);
    assertEquals(asked() - before, 2);
    house.time.pass(1000);
    assertEquals(await next(), { type: "done", found: 2 });
    assertEquals((await lines.next()).done, true);
  }));

Deno.test("without a body a search takes three seconds; a reader who leaves ends it; eight may run", () =>
  withHouse(async (house) => {
    const searches = await Promise.all(Array.from({ length: 8 }, () => house.call("POST", "/api/v1/devices/discover")));
    assertEquals(searches.map(({ status }) => status), Array(8).fill(200));
    assertEquals((await refusal(await house.call("POST", "/api/v1/devices/discover")))[0], 503);
    const pending = house.time.pending();
    await searches[0]?.body?.cancel();
    assertEquals(house.time.pending(), pending - 2, "no timer is left of it");
    const next = await house.call("POST", "/api/v1/devices/discover");
    assertEquals(next.status, 200);
    house.time.pass(3000);
    for (const each of [...searches.slice(1), next]) assertEquals(await each.text(), '{"type":"done","found":0}\n');
  }));

Deno.test("a stop ends the searches that run", async () => {
  const air = createAir();
  const { clock, turn } = timeByHand();
  let text: Promise<string> | undefined;
  await withApp(async ({ app, call }) => {
    await app.start();
    text = (await call("POST", "/api/v1/devices/discover")).text();
  }, { mdns: air.mdns, clock, delay: turn.delay });
  assertEquals(await text, '{"type":"done","found":0}\n');
});

Deno.test("without a network the list says why, and a search is refused with the same words", () =>
  withHouse(async (house) => {
    house.air.unplug();
    const list = await bodyOf(await house.call("GET", "/api/v1/devices/discovered"));
    assertEquals(list, { items: [], total: 0, searching: false, off: false, problem: "There is no network." });
    const answer = await house.call("POST", "/api/v1/devices/discover");
    assertEquals([answer.status, (await answer.json()).detail], [503, "There is no network."]);
  }));

Deno.test("switched off, nothing is found, and the list says so", () =>
  withApp(async (app) => {
    await app.app.start();
    const list = await bodyOf(await app.call("GET", "/api/v1/devices/discovered"));
    assertEquals([list["searching"], list["off"], list["total"]], [false, true, 0]);
    assert(String(list["problem"]).includes("LUMENLOG_DISCOVERY"));
  }));

Deno.test("adoption reads the number of LEDs from the device itself", async () => {
  const air = createAir();
  await using light = await startStubLight();
  await withApp(async ({ app, call }) => {
    await app.start();
    const port = Number(new URL(light.url).port);
    air.tell(controller({ address: "127.0.0.1", port }), "127.0.0.1");
    const { items } = await (await call("GET", "/api/v1/devices/discovered")).json();
    const json = { ids: [items[0].id] };
    const answer: Adopted = await (await call("POST", "/api/v1/devices/discovered/adopt", { json })).json();
    assertEquals(answer.items[0]?.device?.url, light.url);
  }, { mdns: air.mdns });
});
