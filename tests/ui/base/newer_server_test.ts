import { assertEquals } from "@std/assert";
import { createNewerServer } from "../../../src/ui/base/newer_server.ts";
import { createHandApi } from "../entities/hand_api.ts";
import { createHandLive } from "../lights/hand_live.ts";

Deno.test("a page tells that the server came back as another version, and only then", async () => {
  const [api, live] = [createHandApi(), createHandLive()];
  const newer = createNewerServer({ api, live, own: () => "1.0.0" });
  const connect = () => live.say({ type: "auth_ok", actor: "desk", head_seq: 1, log_id: "log" });
  connect();
  assertEquals(api.asked.length, 0);
  connect();
  await api.answer(0, { version: "1.0.0" });
  assertEquals(newer.version.value, undefined);
  connect();
  await api.answer(1, { version: "1.1.0" });
  assertEquals(newer.version.value, "1.1.0");
  newer.dismiss();
  assertEquals(newer.version.value, undefined);
  connect();
  await api.answer(2, { version: "1.1.0" });
  assertEquals(newer.version.value, "1.1.0");
  connect();
  await api.answer(3, { version: "1.0.0" });
  assertEquals(newer.version.value, undefined);
});
