import { assertEquals } from "@std/assert";
import { createDiscoveredList } from "../../../src/ui/devices/discovered/discovered_list.ts";
import { createHandApi, settled } from "../entities/hand_api.ts";
import { createHandLive } from "../lights/hand_live.ts";
import { createHandClock } from "../lights/light_desk.ts";
import { find } from "./finds.ts";

function network() {
  const [live, api, { timer, pass }] = [createHandLive(), createHandApi(), createHandClock()];
  const list = createDiscoveredList({ api, live, timer });
  const names = () => list.found().value.items?.map(({ name }) => name).join(" ");
  const read = (at: number, ...found: readonly string[]) =>
    api.answer(at, { items: found.map((name) => find(name)), problem: null });
  const later = async () => {
    pass(2000);
    await settled();
  };
  const comes = (name: string) => live.say({ type: "device_discovered", device: find(name) });
  const goes = (name: string) => live.say({ type: "device_lost", id: `dsc_${name}`, name, url: "" });
  return { list, live, api, names, read, later, comes, goes };
}

Deno.test("what comes on the network and what goes is in the list at once, by name, and told in one sentence", async () => {
  const { list, names, read, later, comes, goes } = network();
  list.found();
  await read(0, "Desk", "Shelf");
  comes("Lamp");
  comes("Attic");
  comes("Lamp");
  goes("Desk");
  goes("Nobody");
  assertEquals(names(), "Attic Lamp Shelf");
  await later();
  const plain = list.news.value.replaceAll(/[\u2068\u2069]/g, "");
  assertEquals(plain, "Found on the network: Lamp, Attic. No longer on the network: Desk.");
});

Deno.test("what comes while the list is being read is not lost with an answer of before", async () => {
  const { list, api, names, read, later, comes } = network();
  list.found();
  await read(0);
  await later();
  void list.reload();
  comes("Lamp");
  await read(1);
  await later();
  assertEquals(api.asked.length, 3);
  await read(2, "Lamp");
  assertEquals(names(), "Lamp");
});

Deno.test("a device that is configured leaves the list, and so does what went while nobody was connected", async () => {
  const { list, live, names, read, later } = network();
  list.found();
  await read(0, "Desk", "Shelf");
  await later();
  live.say({ type: "entity_changed", entity_type: "device", entity_id: "dev_1", change: "created" });
  await read(1, "Shelf");
  assertEquals(names(), "Shelf");
  await later();
  live.say({ type: "resync" });
  await read(2);
  assertEquals(names(), "");
});

Deno.test("nothing of what one person saw is shown to the next", async () => {
  const { list, names, read, later } = network();
  list.found();
  list.clear();
  assertEquals(list.found().value.items, undefined);
  await read(0, "Desk");
  assertEquals(names(), undefined);
  await later();
  await read(1, "Shelf");
  assertEquals(names(), "Shelf");
});
