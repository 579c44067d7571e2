import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";

const TOKENS = readFileSync(new URL("../../../src/ui/styles/tokens.css", import.meta.url), "utf8");

/** The declarations of the block that begins with this selector, each on one line. */
function declarationsOf(selector: string): readonly string[] {
  const start = TOKENS.indexOf(`${selector} {`);
  assert(start >= 0, `there is no ${selector}`);
  const block = TOKENS.slice(TOKENS.indexOf("{", start) + 1, TOKENS.indexOf("}", start));
  return block.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

const colorsOf = (selector: string) =>
  declarationsOf(selector).filter((line) => line.includes("#")).map((line) => line.split(":")[0]);

Deno.test("light is the same light, whether the system asks for it or the person chose it", () => {
  assertEquals(declarationsOf(':root:not([data-theme="dark"])'), declarationsOf(':root[data-theme="light"]'));
});

Deno.test("both themes have every colour", () => {
  const [dark, light] = [colorsOf(":root"), colorsOf(':root[data-theme="light"]')];
  // What a light is drawn on is dark in both.
  assertEquals(light.filter((name) => !dark.includes(name)), []);
  assert(light.length > 15, light.join());
});
