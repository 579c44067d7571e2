import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { createMdns } from "../../src/runtime/mdns.ts";
import { costOf, createGate } from "../../src/runtime/mdns_gate.ts";
import { type InterfaceAddress, placesOf } from "../../src/runtime/mdns_interfaces.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { eventually } from "../runtime/waiting.ts";

const at = (name: string, address: string, netmask: string, internal = false): InterfaceAddress => (
  { name, address, netmask, internal }
);

const HOUSE = [
  at("lo", "127.0.0.1", "255.0.0.0", true),
  at("lo", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true),
  at("eth0", "192.168.1.2", "255.255.255.0"),
  at("eth0", "fe80::2", "ffff:ffff:ffff:ffff::"),
  at("eth0", "fd00::2", "ffff:ffff:ffff:ffff::"),
  at("wlan0", "10.0.4.2", "255.255.252.0"),
];

Deno.test("every network has its own socket, loopback none", () => {
  const places = placesOf(HOUSE, null);
  assertEquals(places.map(({ type, interface: name }) => [type, name]), [
    ["udp4", "192.168.1.2"],
    ["udp4", "10.0.4.2"],
    ["udp6", "::%eth0"],
  ]);
  assertEquals(places[0]?.addresses, ["192.168.1.2", "fe80::2", "fd00::2"]);
});

Deno.test("a packet counts at the socket of its own network alone", () => {
  const [eth, wlan, six] = placesOf(HOUSE, null);
  const hearing = (sender: string) => [eth, wlan, six].map((place) => place?.hears(sender));
  assertEquals(hearing("192.168.1.77"), [true, false, false]);
  assertEquals(hearing("10.0.7.77"), [false, true, false]);
  assertEquals(hearing("127.0.0.1"), [false, false, false], "who speaks on loopback is not in the network");
  assertEquals(hearing("fe80::77"), [false, false, true]);
  assertEquals(hearing("169.254.9.9"), [true, true, false], "of no network of ours: whoever hears it");
});

Deno.test("one address alone is one socket, and others are not heard there", () => {
  const [lo, ...others] = placesOf(HOUSE, "127.0.0.1");
  assertEquals(others, []);
  assertEquals(["127.0.0.1", "192.168.1.77", "169.254.9.9"].map((sender) => lo?.hears(sender)), [true, false, false]);
  assertEquals(placesOf(HOUSE, "192.168.99.1"), []);
  assertEquals(placesOf(HOUSE, "fd00::2").map(({ interface: name }) => name), ["::%eth0"]);
});

Deno.test("an interface with another address is another place", () => {
  const keys = (...all: readonly InterfaceAddress[]) => placesOf(all, null).map(({ key }) => key).join();
  const eth = at("eth0", "192.168.1.2", "255.255.255.0");
  assert(keys(eth) !== keys({ ...eth, address: "192.168.1.3" }));
  assert(keys(eth) !== keys({ ...eth, netmask: "255.255.0.0" }));
  assertEquals(keys(eth), keys({ ...eth }));
});

Deno.test("200 packets of one sender and 1000 of all are read in a second, then the next second begins", () => {
  let now = 0;
  const gate = createGate(() => now);
  const admitted = (sender: string, packets: number, cost = 1) =>
    Array.from({ length: packets }, () => gate(sender, cost)).filter(Boolean).length;
  assertEquals(admitted("192.168.1.1", 500), 200);
  assertEquals([2, 3, 4, 5, 6].map((n) => admitted(`192.168.1.${n}`, 250)), [200, 200, 200, 200, 0]);
  now = 999;
  assertEquals(admitted("192.168.1.7", 1), 0);
  now = 1000;
  assertEquals(admitted("192.168.1.1", 300), 200);
  assertEquals(admitted("192.168.1.8", 300, 16), 12, "packets that are dear to read");
});

Deno.test("packets cost what there is in them to read, and those beyond all measure are not read", () => {
  const packet = (records: number, bytes = 500) => {
    const made = Buffer.alloc(bytes);
    if (bytes >= 12) made.writeUInt16BE(records, 6);
    return made;
  };
  assertEquals([0, 1, 16, 17, 256].map((records) => costOf(packet(records))), [1, 1, 1, 2, 16]);
  assertEquals([packet(257), packet(65_535), packet(1, 9001), packet(0, 11)].map(costOf), Array(4).fill(undefined));
  const everywhere = packet(0);
  for (const at of [4, 6, 8, 10]) everywhere.writeUInt16BE(100, at);
  assertEquals(costOf(everywhere), undefined);
});

Deno.test("an interface where the group cannot be joined is said once, with the system's word for it, and never throws", async () => {
  const said: string[] = [];
  const { clock, turn } = systemPorts();
  const mdns = createMdns({
    only: "192.168.253.77",
    log: { warning: (_message, fields) => void said.push(String(fields?.["reason"])), info: () => {} },
    clock,
    turn,
    interfaces: () => [at("nowhere", "192.168.253.77", "255.255.255.0")],
  });
  mdns.start([]);
  try {
    mdns.query([{ name: "_wled._tcp.local", type: "PTR" }]);
    const reason = await eventually("the warning", () => Promise.resolve(said[0]));
    assert(/\(E[A-Z]+\)/.test(reason), reason);
    assertEquals(mdns.problem(), reason);
    // The library tries again every five seconds.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    assertEquals(said.length, 1);
  } finally {
    await mdns.stop();
  }
});

Deno.test("names that cannot be written are not asked for", async () => {
  const { clock, turn } = systemPorts();
  const mdns = createMdns({ only: "127.0.0.1", log: { warning: () => {}, info: () => {} }, clock, turn });
  mdns.start([]);
  try {
    await eventually("it to work", () => Promise.resolve(mdns.problem() === null || undefined));
    for (const name of ["x".repeat(64), `${"ü".repeat(40)}.local`, "a..b", "", Array(100).fill("abc").join(".")]) {
      mdns.query([{ name, type: "SRV" }]);
    }
    assertEquals(mdns.problem(), null);
  } finally {
    await mdns.stop();
  }
});
