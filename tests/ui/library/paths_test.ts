import { assertEquals } from "@std/assert";
import { parsePath, pathText, setAt } from "../../../src/ui/library/form/paths.ts";

const PATHS: readonly (readonly [string, readonly (string | number)[]])[] = [
  ["", []],
  ["name", ["name"]],
  ["stops[1].color", ["stops", 1, "color"]],
  ["rules[12]", ["rules", 12]],
  ["settings.crop.top", ["settings", "crop", "top"]],
  ['settings["a b"].x', ["settings", "a b", "x"]],
];

for (const [text, steps] of PATHS) {
  Deno.test(`the path "${text}" is read and written`, () => {
    assertEquals(parsePath(text), steps);
    assertEquals(pathText(steps), text);
  });
}

Deno.test("a value is changed in one place, and what was there before stays as it was", () => {
  const before = { stops: [{ position: 0 }, { position: 1 }], name: "x" };
  const after = setAt(before, ["stops", 1, "position"], 0.5);
  assertEquals(after, { stops: [{ position: 0 }, { position: 0.5 }], name: "x" });
  assertEquals(before.stops[1], { position: 1 });
  assertEquals(setAt(undefined, ["crop", "top"], 0.1), { crop: { top: 0.1 } });
  assertEquals(setAt({ a: null }, ["a", "b"], 1), { a: { b: 1 } });
});

Deno.test("a field called __proto__ is a field like any other", () => {
  const made = setAt({}, ["__proto__"], { on: true });
  assertEquals(Object.getPrototypeOf(made), Object.prototype);
  assertEquals(Object.keys(Object(made)), ["__proto__"]);
});
