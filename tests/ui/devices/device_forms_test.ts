import { assertEquals } from "@std/assert";
import { confirmWord, isConfirmed } from "../../../src/ui/parts/confirm_word.ts";
import { DEVICE_FORM, fieldsOf } from "../../../src/ui/devices/device_form.ts";
import { textOf, valueOf } from "../../../src/ui/devices/field_texts.ts";
import { deviceEntity } from "../../../src/devices/entity.ts";
import { isUnfinished } from "../../../src/ui/library/form/unfinished.ts";

const shapeOf = (name: string) => DEVICE_FORM.fields.find((field) => field.name === name)!.shape;

Deno.test("every field that a device has can be edited", () => {
  const own = Object.keys(deviceEntity.fields.shape);
  const edited = DEVICE_FORM.fields.map(({ name }) => name);
  assertEquals([...edited].sort(), [...own, "name", "description", "tags"].sort());
});

Deno.test("each device type asks for what it needs, and for nothing else", () => {
  const names = (type: Parameters<typeof fieldsOf>[0]) =>
    fieldsOf(type).map(({ name }) => name).filter((name) =>
      !["name", "device_type", "url", "tags", "description", "enabled"].includes(name)
    );
  assertEquals(names("wled"), ["led_count", "rgb_order"]);
  assertEquals(names("sacn"), ["led_count", "rgb_order", "universe", "priority"]);
  assertEquals(names("artnet"), ["led_count", "rgb_order", "universe"]);
  assertEquals(names("routeros"), ["ssh_user", "ssh_identity"]);
});

Deno.test("an LED count that is left empty is read from the device; what is no number is not sent", () => {
  assertEquals(valueOf(shapeOf("led_count"), " "), null);
  assertEquals(valueOf(shapeOf("led_count"), "60"), 60);
  const half = valueOf(shapeOf("led_count"), "6 0");
  assertEquals([isUnfinished(half), textOf(half)], [true, "6 0"]);
  assertEquals(isUnfinished(valueOf(shapeOf("universe"), "")), true);
});

Deno.test("tags are words with commas between", () => {
  assertEquals(valueOf(shapeOf("tags"), "hall, , living room ,"), ["hall", "living room"]);
  assertEquals(textOf(["hall", "living room"]), "hall, living room");
});

Deno.test("an address that is left empty is none", () => {
  assertEquals(valueOf(shapeOf("url"), ""), null);
  assertEquals(textOf(null), "");
});

Deno.test("a device is deleted by typing its name, as it can be seen", () => {
  assertEquals(confirmWord("Shelf"), "Shelf");
  assertEquals(confirmWord("\u202e Living\u00a0 room \u202c"), "Living room");
  assertEquals(isConfirmed("Living room", "Living  room"), true);
  assertEquals(isConfirmed("Shelf", "shelf"), false);
  assertEquals(isConfirmed("Shelf", ""), false);
});

Deno.test("a name that nobody can type is replaced by a word", () => {
  for (const name of ["💡".repeat(256), "x".repeat(41), "\u200f\u200e"]) assertEquals(confirmWord(name), "delete");
});
