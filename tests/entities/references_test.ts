import { assertEquals } from "@std/assert";
import type { EntityTypeName } from "../../src/entities/definition.ts";
import { findReferences } from "../../src/entities/references.ts";
import { ENTITY_DEFINITIONS } from "../../src/entity_types.ts";
import { anId, create, created, wrongFields } from "./samples.ts";

const found = (type: EntityTypeName, body: Readonly<Record<string, unknown>>) =>
  findReferences(ENTITY_DEFINITIONS[type])(created(type, body).fields);

Deno.test("references at the top are found with path and type", () => {
  const body = { device_id: anId("dev"), color_strip_source_id: anId("css"), template_id: anId("tpl") };
  assertEquals(found("output_target", body), [
    { path: "device_id", type: "device", id: anId("dev") },
    { path: "color_strip_source_id", type: "color_strip_source", id: anId("css") },
    { path: "template_id", type: "template", id: anId("tpl") },
  ]);
});

Deno.test("a colour strip source and a picture source name what they use", () => {
  const body = {
    gradient_id: anId("grd"),
    picture_source_id: anId("pic"),
    audio_source_id: anId("aud"),
    sync_clock_id: anId("clk"),
  };
  assertEquals(found("color_strip_source", body).map(({ type }) => type), [
    "gradient",
    "picture_source",
    "audio_source",
    "sync_clock",
  ]);
  assertEquals(found("picture_source", { template_id: anId("tpl") }), [
    { path: "template_id", type: "template", id: anId("tpl") },
  ]);
});

Deno.test("references inside lists are found, each time they are used", () => {
  const items = [{ scene_preset_id: anId("scn", "1") }, { scene_preset_id: null }, {
    scene_preset_id: anId("scn", "1"),
  }];
  assertEquals(found("scene_playlist", { items }), [
    { path: "items[0].scene_preset_id", type: "scene_preset", id: anId("scn", "1") },
    { path: "items[2].scene_preset_id", type: "scene_preset", id: anId("scn", "1") },
  ]);
  const targets = [{ output_target_id: anId("tgt"), color_strip_source_id: anId("css") }];
  assertEquals(found("scene_preset", { targets }), [
    { path: "targets[0].output_target_id", type: "output_target", id: anId("tgt") },
    { path: "targets[0].color_strip_source_id", type: "color_strip_source", id: anId("css") },
  ]);
});

Deno.test("references inside the variants of a rule are found once", () => {
  const rules = [
    { kind: "startup" },
    { kind: "device_online", device_id: anId("dev", "1") },
    { kind: "device_state", device_id: anId("dev", "2") },
    { kind: "audio_level", audio_source_id: anId("aud") },
  ];
  assertEquals(found("automation", { rules, scene_preset_id: anId("scn") }), [
    { path: "rules[1].device_id", type: "device", id: anId("dev", "1") },
    { path: "rules[2].device_id", type: "device", id: anId("dev", "2") },
    { path: "rules[3].audio_source_id", type: "audio_source", id: anId("aud") },
    { path: "scene_preset_id", type: "scene_preset", id: anId("scn") },
  ]);
});

Deno.test("types that use nothing, and references that are null, give none", () => {
  for (const { type } of Object.values(ENTITY_DEFINITIONS)) assertEquals(found(type, {}), []);
});

Deno.test("what is no id is refused before anyone looks for it", () => {
  for (const device_id of ["dev_1", "", "dev_" + "i".repeat(26), 1, {}, "../dev"]) {
    assertEquals(wrongFields(create("output_target", { device_id })), ["device_id"]);
  }
});
