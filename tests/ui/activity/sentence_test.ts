import { assertEquals } from "@std/assert";
import { CATALOGUE } from "../../../src/activity/catalogue.ts";
import type { Entry } from "../../../src/audit/mod.ts";
import { phraseFor } from "../../../src/ui/activity/phrases.ts";
import { hrefOf, plainSentence, sentenceOf } from "../../../src/ui/activity/sentence.ts";

const ENTRY: Entry = {
  id: "al_00000000010000000000000000",
  ts: "2026-11-22T12:00:00.000Z",
  category: "device",
  action: "entity.updated",
  severity: "info",
  actor: "desk",
  entity_type: "device",
  entity_id: "dev_1",
  entity_name: "Shelf",
  message: "Device 'Shelf' updated",
  metadata: {},
};

const SAID: readonly (readonly [Partial<Entry>, string])[] = [
  [{ action: "entity.created", entity_type: "output_target" }, "desk added output target Shelf"],
  [{ action: "entity.updated" }, "desk changed device Shelf"],
  [{ action: "entity.deleted", entity_type: "scene_preset" }, "desk deleted scene Shelf"],
  [{ action: "device.state_changed", metadata: { source: "api", on: false } }, "desk turned off Shelf"],
  [{ action: "device.state_changed", metadata: { source: "api", brightness: 0.4 } }, "desk dimmed Shelf to 40 %"],
  [{ action: "device.state_changed", metadata: { source: "api", color: "#ff8800" } }, "desk set Shelf to #ff8800"],
  [{ action: "device.state_changed", metadata: { source: "api", preset: 3 } }, "desk set Shelf to preset 3"],
  [
    {
      action: "device.state_changed",
      metadata: { source: "api", on: true, brightness: 1, color: "#ff8800", changes: 5 },
    },
    "desk turned on Shelf at 100 %, #ff8800 5 changes",
  ],
  [
    { action: "device.state_changed", actor: "system", metadata: { source: "external", on: false, brightness: 0.5 } },
    "Shelf was changed elsewhere: turned off, 50 %",
  ],
  [{ action: "device.state_changed", metadata: { source: "api" } }, "desk changed Shelf"],
  [{ action: "device.online", actor: "system", metadata: { latency_ms: 12.4 } }, "Shelf came online 12 ms"],
  [{ action: "device.offline", actor: "system", metadata: { latency_ms: null } }, "Shelf went offline"],
  [
    { action: "device.offline", actor: "system", metadata: { latency_ms: null, suppressed: 1004 } },
    "Shelf went offline 1,004 times before not recorded",
  ],
  [{ action: "device.identified" }, "desk made Shelf blink"],
  [{ action: "device.adb_connected", metadata: { address: "10.0.0.7:5555" } }, "desk connected adb to 10.0.0.7:5555"],
  [
    { action: "device.adb_disconnected", metadata: { address: "10.0.0.7:5555" } },
    "desk disconnected adb from 10.0.0.7:5555",
  ],
  [
    { action: "auth.rejected", actor: "anonymous", metadata: { reason: "token_expired", client: "192.168.1.4" } },
    "anonymous was turned away: expired key 192.168.1.4",
  ],
  [
    { action: "auth.rejected", actor: "anonymous", metadata: { reason: "throttled", client: "::1", suppressed: 1200 } },
    "anonymous was turned away 1,200 more times: too many ::1",
  ],
  [
    { action: "auth.key_created", metadata: { key_label: "phone", role: "viewer", via: "cli" } },
    "desk made the key phone viewer on the command line",
  ],
  [
    { action: "server.started", actor: "system", metadata: { version: "1.2.3", clean: false } },
    "system started the server 1.2.3 after it had ended unexpectedly",
  ],
  [
    { action: "activity_log.cleared", metadata: { deleted: 1204, up_to_seq: 9 } },
    "desk cleared the log: 1,204 entries removed",
  ],
  [{ action: "activity_log.pruned", actor: "system", metadata: { deleted: 1 } }, "system removed the oldest 1 entry"],
  [{ action: "activity_log.disabled" }, "desk switched recording off"],
  [{ action: "activity_log.enabled" }, "desk switched recording on"],
  [
    { action: "activity_log.retention_changed", metadata: { max_days: 90, max_entries: 20_000 } },
    "desk changed how much the log keeps: 90 days, at most 20,000 entries",
  ],
  [
    { action: "activity_log.retention_changed", metadata: { max_days: null, max_entries: null } },
    "desk changed how much the log keeps: for ever",
  ],
  [
    { action: "activity_log.exported", metadata: { format: "csv", rows: 48_000, complete: true } },
    "desk exported 48,000 entries as CSV",
  ],
  [
    { action: "activity_log.exported", metadata: { format: "json", rows: 1, complete: false } },
    "desk began an export as JSON, broken off after 1 entry",
  ],
];

for (const [fields, said] of SAID) {
  Deno.test(`an entry reads: ${said}`, () => assertEquals(plainSentence({ ...ENTRY, ...fields }), said));
}

Deno.test("each action of the catalogue has its own words", () => {
  const without = Object.keys(CATALOGUE).filter((action) => phraseFor(action) === undefined);
  assertEquals(without, []);
});

Deno.test("an action that the page does not know yet is told in the server's words", () => {
  for (const action of ["lamp.exploded", "constructor", "__proto__"]) {
    assertEquals(plainSentence({ ...ENTRY, action, message: "A lamp exploded" }), "desk A lamp exploded");
  }
});

Deno.test("no metadata, however odd, keeps an entry from being read", () => {
  const odd = {
    source: 1,
    on: "x",
    brightness: "y",
    color: 7,
    preset: null,
    reason: "new_reason",
    count: "z",
    changes: -1,
  };
  for (const action of Object.keys(CATALOGUE)) {
    for (const metadata of [{}, odd]) {
      const entry = { ...ENTRY, action, metadata, entity_type: null, entity_id: null, entity_name: null };
      assertEquals(sentenceOf(entry).length > 0, true);
      assertEquals(/undefined|null|NaN/.test(plainSentence(entry)), false, plainSentence(entry));
    }
  }
});

Deno.test("a name leads to its entity where the page knows the type", () => {
  assertEquals(hrefOf("device", "dev_1"), "/devices/dev_1");
  assertEquals(hrefOf("scene_preset", "sp_1"), "/library/scene-presets/sp_1");
  assertEquals(hrefOf("toaster", "t_1"), undefined);
  assertEquals(hrefOf(null, null), undefined);
});
