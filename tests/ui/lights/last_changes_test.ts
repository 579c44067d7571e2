import { assertEquals } from "@std/assert";
import type { Entry } from "../../../src/audit/mod.ts";
import { createLastChanges } from "../../../src/ui/lights/last_changes.ts";
import { createHandApi } from "../entities/hand_api.ts";
import { createHandLive } from "./hand_live.ts";

const changeBy = (actor: string): Entry => ({
  id: `act_${actor}`,
  ts: "2026-11-22T12:00:00.000Z",
  category: "device",
  action: "device.state_changed",
  severity: "info",
  actor,
  entity_type: "device",
  entity_id: "dev_1",
  entity_name: "Shelf",
  message: "",
  metadata: { on: true },
});

Deno.test("when the log starts over, the last change of a light is that of the log which is there then", async () => {
  const [api, live] = [createHandApi(), createHandLive()];
  const changes = createLastChanges({ api, live });
  const actor = () => changes.of("dev_1").value?.actor;
  void changes.load();
  await api.answer(0, { entries: [changeBy("desk")] });
  assertEquals(actor(), "desk");
  live.say({ type: "reset" });
  assertEquals(actor(), undefined);
  await api.answer(1, { entries: [changeBy("anna")] });
  assertEquals(actor(), "anna");
});

Deno.test("a log that was cleared tells of no change, and is not read for one", () => {
  const [api, live] = [createHandApi(), createHandLive()];
  const changes = createLastChanges({ api, live });
  live.say({ type: "activity_logged", seq: 1, entry: changeBy("desk") });
  live.say({ type: "log_cleared", up_to_seq: 1 });
  assertEquals([changes.of("dev_1").value, api.asked.length], [undefined, 0]);
});
