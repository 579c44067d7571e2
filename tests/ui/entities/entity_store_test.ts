import { assertEquals } from "@std/assert";
import { createEntityStore } from "../../../src/ui/entities/entity_store.ts";
import { createHandLive } from "../lights/hand_live.ts";
import { createHandClock } from "../lights/light_desk.ts";
import { createHandApi, settled } from "./hand_api.ts";

function home() {
  const live = createHandLive();
  const api = createHandApi();
  const { timer, pass } = createHandClock();
  const store = createEntityStore({ api, live, timer });
  const change = () =>
    live.say({ type: "entity_changed", entity_type: "gradient", entity_id: "grd_1", change: "updated" });
  const later = async () => {
    pass(1000);
    await settled();
  };
  const names = () => store.list("gradient").value.items?.map(({ name }) => name);
  return { store, api, change, later, names };
}

Deno.test("thousands of changes are one reading at a time, and the last of them is seen", async () => {
  const { store, api, change, later, names } = home();
  store.list("gradient");
  for (let i = 0; i < 3000; i++) {
    change();
    if (i % 100 === 0) await later();
  }
  assertEquals(api.asked.length, 1);
  await later();
  await api.answer(0, { items: [{ name: "old" }] });
  assertEquals(names(), ["old"]);
  assertEquals(api.asked.length, 1);
  await later();
  assertEquals(api.asked.length, 2);
  await api.answer(1, { items: [{ name: "new" }] });
  await later();
  assertEquals(names(), ["new"]);
  assertEquals(api.asked.length, 2);
});

Deno.test("an answer to who was here before is not shown to the next", async () => {
  const { store, api, names } = home();
  store.list("gradient");
  store.clear();
  store.list("gradient");
  await api.answer(1, { items: [{ name: "new" }] });
  await api.answer(0, { items: [{ name: "old" }] });
  assertEquals(names(), ["new"]);
});
