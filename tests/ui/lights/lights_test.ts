import { assertEquals } from "@std/assert";
import type { Entry } from "../../../src/audit/mod.ts";
import type { Device } from "../../../src/ui/devices/device.ts";
import { isControllable, matching } from "../../../src/ui/devices/device.ts";
import { createCheckHistory, MOST_CHECKS } from "../../../src/ui/lights/check_history.ts";
import { createLastChanges, lastChangeWords } from "../../../src/ui/lights/last_changes.ts";
import { turnOff } from "../../../src/ui/lights/turn_off.ts";
import { problem } from "./light_desk.ts";
import { createHandLive } from "./hand_live.ts";

const device = (name: string, more: Partial<Device> = {}): Device => ({
  id: name,
  name,
  description: "",
  tags: [],
  created_at: "",
  updated_at: "",
  device_type: "wled",
  url: null,
  led_count: 1,
  rgb_order: "rgb",
  universe: 1,
  priority: 100,
  enabled: true,
  ssh_user: null,
  ssh_identity: null,
  capabilities: ["power", "brightness", "color"],
  online: true,
  latency_ms: 1,
  last_seen_at: null,
  offline_reason: null,
  state: null,
  ...more,
});

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  ts: "2026-11-22T10:00:00.000Z",
  category: "device",
  action: "device.state_changed",
  severity: "info",
  actor: "desk",
  entity_type: "device",
  entity_id: "shelf",
  entity_name: "Shelf",
  message: "",
  metadata: { source: "api", on: false },
  ...more,
});

Deno.test("the lights are the enabled devices with light", () => {
  const all = [
    device("Shelf"),
    device("Router", { device_type: "routeros", capabilities: ["configuration"] }),
    device("Old", { enabled: false }),
    device("Ceiling", { device_type: "artnet" }),
  ];
  assertEquals(all.filter(isControllable).map(({ name }) => name), ["Shelf", "Ceiling"]);
});

Deno.test("a search finds names, tags and addresses, every word of it, whatever the case", () => {
  const all = [device("Große Lampe", { tags: ["Hall"] }), device("Shelf", { url: "http://10.0.0.7" })];
  const found = (text: string) => matching(all, text).map(({ name }) => name);
  assertEquals(found("  "), ["Große Lampe", "Shelf"]);
  assertEquals(found("GROSSE hall"), ["Große Lampe"]);
  assertEquals(found("0.0.7"), ["Shelf"]);
  assertEquals(found("shelf hall"), []);
});

Deno.test("lights are turned off a few at a time, and those that failed are told", async () => {
  let underWay = 0;
  let most = 0;
  const set = async (name: string) => {
    most = Math.max(most, ++underWay);
    await Promise.resolve();
    underWay--;
    return name === "3" ? problem(504) : undefined;
  };
  const seen: number[] = [];
  const lights = Array.from({ length: 20 }, (_, at) => device(String(at)));
  const result = await turnOff(
    lights,
    ({ name }) => ({ set: () => set(name) }),
    ({ done, failed }) => void seen.push(done + failed.length),
  );
  assertEquals([result.done, result.failed.map((one) => one.device.name)], [19, ["3"]]);
  assertEquals(seen, Array.from({ length: 20 }, (_, at) => at + 1));
  assertEquals(most, 3);
});

Deno.test("the last checks of a device are kept, also those that failed", () => {
  const live = createHandLive();
  const history = createCheckHistory({ live });
  const check = (latency_ms: number | null) =>
    live.say({
      type: "device_health_changed",
      device_id: "shelf",
      online: true,
      latency_ms,
      last_seen_at: null,
      offline_reason: latency_ms === null ? "timeout" : null,
    });
  for (let ms = 1; ms <= MOST_CHECKS; ms++) check(ms);
  check(null);
  assertEquals(history.of("shelf").value.slice(-2), [MOST_CHECKS, null]);
  assertEquals(history.of("shelf").value.length, MOST_CHECKS);
  assertEquals(history.of("desk").value, []);
});

Deno.test("who changed a light last is known from the log, and followed live", async () => {
  const live = createHandLive();
  const entries = [entry("al_2"), entry("al_1", { actor: "before" })];
  const api = { get: <T>() => Promise.resolve({ ok: true as const, etag: null, value: { entries } as T }) }; // as asked
  const changes = createLastChanges({ api, live });
  await changes.load();
  assertEquals(changes.of("shelf").value?.actor, "desk");
  live.say({ type: "activity_logged", seq: 3, entry: entry("al_3", { actor: "phone" }) });
  live.say({ type: "activity_logged", seq: 4, entry: entry("al_4", { action: "device.offline" }) });
  assertEquals(changes.of("shelf").value?.actor, "phone");
  live.say({ type: "log_cleared", up_to_seq: 9 });
  assertEquals(changes.of("shelf").value, undefined);
});

Deno.test("the last change is said in a few words", () => {
  const words = (metadata: Entry["metadata"]) =>
    lastChangeWords(entry("al_1", { metadata }), "2027-01-01T00:00:00.000Z").replace(/[\u2068\u2069]/g, "");
  assertEquals(words({ source: "api", on: false }), "Turned off by desk, 2026-11-22");
  assertEquals(words({ source: "external", on: true }), "Turned on elsewhere, 2026-11-22");
  assertEquals(words({ source: "api", brightness: 0.4 }), "Dimmed by desk, 2026-11-22");
  assertEquals(words({ source: "api", brightness: 0.4, color: "#ff0000" }), "Changed by desk, 2026-11-22");
});
