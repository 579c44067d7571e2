import { assert, assertEquals } from "@std/assert";
import type { MdnsRecord } from "../../src/discovery/mdns.ts";
import type { OwnService } from "../../src/discovery/own_records.ts";
import { OWN_ADDRESS } from "./air.ts";
import { type House, withHouse } from "./house.ts";

const OWN: OwnService = {
  hostName: "studio.example.org",
  machineId: "a1b2c3",
  port: 8420,
  secure: false,
  version: "1.2.3",
};
const NAME = "Lumenlog on studio";
const at = (name: string) => `${name}._lumenlog._tcp.local`;
const TARGET = "lumenlog-a1b2c3.local";

const announced = (work: (house: House) => Promise<void>, own: Partial<OwnService> = {}) =>
  withHouse(async (house) => {
    await house.pass(5);
    await work(house);
  }, { own: { ...OWN, ...own } });

const ofType = <T extends MdnsRecord["type"]>(records: readonly MdnsRecord[], type: T) =>
  records.filter((record): record is Extract<MdnsRecord, { type: T }> => record.type === type);
const servers = (house: House) => [...new Set(ofType(house.air.told.flat(), "SRV").map(({ name }) => name))];
const rival = (name = NAME, port = 8420): MdnsRecord => (
  { type: "SRV", name: at(name), ttl: 120, target: "other.local", port }
);

Deno.test("the server asks for its name first, then tells of itself twice", () =>
  withHouse(async (house) => {
    assertEquals(house.air.told, []);
    assert(house.air.asked.some(({ name, type }) => name === at(NAME) && type === "ANY"));
    for (let probes = 1; probes < 3; probes++) {
      house.time.pass(250);
      assertEquals(house.air.told, []);
    }
    house.time.pass(250);
    assertEquals(house.air.told.length, 1);
    house.time.pass(1000);
    assertEquals(house.air.told.length, 2);
    house.time.pass(60_000);
    assertEquals(house.air.told.length, 2);
    const [records = []] = house.air.told;
    const plain = records.map(({ type, name }) => `${type} ${name}`);
    for (
      const wanted of [
        "PTR _services._dns-sd._udp.local",
        "PTR _lumenlog._tcp.local",
        `SRV ${at(NAME)}`,
        `TXT ${at(NAME)}`,
        "PTR _http._tcp.local",
        `SRV ${NAME}._http._tcp.local`,
        `A ${TARGET}`,
      ]
    ) assert(plain.includes(wanted), wanted);
    assertEquals(ofType(records, "SRV").map(({ target, port }) => [target, port]), [[TARGET, 8420], [TARGET, 8420]]);
    assertEquals(ofType(records, "TXT")[0]?.texts, ["path=/", "version=1.2.3"]);
    assertEquals(ofType(records, "A").map(({ address }) => address), [OWN_ADDRESS]);
    await Promise.resolve();
  }, { own: OWN }));

for (
  const [name, type, answer] of [
    ["_lumenlog._tcp.local", "PTR", 1],
    ["_HTTP._tcp.LOCAL", "PTR", 1],
    ["_services._dns-sd._udp.local", "PTR", 2],
    [at(NAME), "SRV", 1],
    [at(NAME).toUpperCase(), "TXT", 1],
    [at(NAME), "ANY", 2],
    [TARGET, "A", 1],
    [TARGET, "AAAA", 0],
    ["_wled._tcp.local", "PTR", 0],
    [at("Somebody"), "SRV", 0],
  ] as const
) {
  Deno.test(`asked for ${type} ${name} it answers with ${answer}`, () =>
    announced((house) => {
      house.air.told.length = 0;
      house.air.ask([{ name, type }]);
      const records = (house.air.told[0] ?? []).filter((record) =>
        record.name.toLowerCase() === name.toLowerCase() && (type === "ANY" || record.type === type)
      );
      assertEquals(records.length, answer);
      assertEquals(house.air.told.length, answer > 0 ? 1 : 0);
      return Promise.resolve();
    }));
}

Deno.test("whoever asks again and again is answered once a second, and who has the answer not at all", () =>
  announced((house) => {
    house.air.told.length = 0;
    for (let n = 0; n < 50; n++) house.air.ask([{ name: at(NAME), type: "SRV" }]);
    assertEquals(house.air.told.length, 1);
    house.time.pass(1000);
    assertEquals(house.air.told.length, 2);
    house.time.pass(5000);
    assertEquals(house.air.told.length, 2);
    const known: MdnsRecord = { type: "PTR", name: "_lumenlog._tcp.local", ttl: 4000, target: at(NAME) };
    house.air.ask([{ name: "_lumenlog._tcp.local", type: "PTR" }], [known]);
    assertEquals(house.air.told.length, 2);
    house.air.ask([{ name: "_lumenlog._tcp.local", type: "PTR" }], [{ ...known, ttl: 100 }]);
    assertEquals(house.air.told.length, 3);
    return Promise.resolve();
  }));

Deno.test("a name that somebody has already is left to them", () =>
  withHouse(async (house) => {
    house.air.tell([rival()]);
    await house.pass(1);
    house.air.tell([rival(`${NAME} (2)`)]);
    await house.pass(5);
    assertEquals(servers(house).slice(0, 1), [at(`${NAME} (3)`)]);
  }, { own: OWN }));

Deno.test("once it has the name it says so to whoever takes it, and leaves it to who insists", () =>
  announced(async (house) => {
    house.air.told.length = 0;
    house.air.tell([rival()]);
    assertEquals(servers(house)[0], at(NAME));
    await house.pass(2);
    house.air.tell([rival()]);
    await house.pass(5);
    assert(servers(house).includes(at(`${NAME} (2)`)));
    assert(house.air.told.flat().some(({ name, ttl }) => name === at(NAME) && ttl === 0), "it takes back the old name");
  }));

Deno.test("another server of this machine has another port, and so another name", () =>
  withHouse(async (house) => {
    house.air.tell([{ type: "SRV", name: at(NAME), ttl: 120, target: TARGET, port: 9999 }]);
    await house.pass(5);
    assertEquals(servers(house)[0], at(`${NAME} (2)`));
  }, { own: OWN }));

Deno.test("what it hears of itself is no rival, nor is a goodbye of one", () =>
  announced(async (house) => {
    house.air.tell(house.air.told.flat());
    house.air.tell([{ ...rival(), ttl: 0 }]);
    await house.pass(5);
    assertEquals(servers(house), [at(NAME), `${NAME}._http._tcp.local`]);
  }));

Deno.test("against somebody who takes every name it gives up, with one warning", () =>
  withHouse(async (house) => {
    for (let n = 0; n < 40; n++) {
      for (let count = 1; count <= 12; count++) house.air.tell([rival(count === 1 ? NAME : `${NAME} (${count})`)]);
      await house.pass(1);
    }
    assert(house.air.told.length < 20);
    assertEquals(house.app.log.filter((line) => line.includes("not announced")).length, 1);
  }, { own: OWN }));

Deno.test("when the network comes back it tells of itself there again", () =>
  announced((house) => {
    house.air.unplug();
    house.air.told.length = 0;
    house.air.plug();
    assertEquals(house.air.told.length, 1);
    house.time.pass(1000);
    assertEquals(house.air.told.length, 2);
    return Promise.resolve();
  }));

Deno.test("at the stop it takes back what is its own", async () => {
  let told: readonly (readonly MdnsRecord[])[] = [];
  await announced((house) => {
    house.air.told.length = 0;
    told = house.air.told;
    return Promise.resolve();
  });
  assertEquals(told.length, 1);
  const [records = []] = told;
  assert(records.every(({ ttl }) => ttl === 0));
  assertEquals(records.map(({ type }) => type), ["PTR", "SRV", "TXT", "PTR", "SRV", "TXT"]);
});

Deno.test("over HTTPS it is a service of HTTPS, and a long name of the machine is cut to what fits", () =>
  announced((house) => {
    const [name = ""] = servers(house);
    const [label = ""] = name.split("._lumenlog");
    assertEquals([new TextEncoder().encode(label).length <= 63, label.startsWith("Lumenlog on ü")], [true, true]);
    assert(servers(house).some((each) => each.endsWith("._https._tcp.local")));
    return Promise.resolve();
  }, { hostName: "ü".repeat(60), secure: true }));
