import { assertEquals, assertMatch } from "@std/assert";
import { UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { litColor, pickable } from "../../../src/ui/lights/light_color.ts";
import { sameLight, stepOf } from "../../../src/ui/lights/light_state.ts";
import { checksInWords, litInWords, milliseconds, refusalWords } from "../../../src/ui/lights/light_words.ts";
import { sparklinePath } from "../../../src/ui/lights/sparkline_path.ts";
import { DARK } from "./light_desk.ts";

Deno.test("a strip shines in its colour at full brightness, darker below, and not at all when off", () => {
  const red = { ...DARK, on: true, color: "#ff0000" };
  assertEquals(litColor({ ...red, brightness: 1 }), "#ff0000");
  assertMatch(litColor({ ...red, brightness: 0.1 }) ?? "", /^#[5-9][0-9a-f]0000$/);
  assertEquals(litColor(DARK), undefined);
  assertEquals(litColor(null), undefined);
});

Deno.test("a light that tells no colour, or none that can be drawn, is white", () => {
  for (const color of [null, "red", "#fff", "url(x)"]) {
    assertEquals(litColor({ ...DARK, on: true, brightness: 1, color }), "#ffffff");
    assertEquals(pickable(color), "#ffffff");
  }
});

Deno.test("every step of the slider comes back as the same step from a controller that rounds to 1/255", () => {
  for (let step = 1; step <= 100; step++) {
    const told = Math.round(Math.round(step / 100 * 255) / 255 * 1000) / 1000;
    assertEquals(stepOf(told), step);
    assertEquals(sameLight({ ...DARK, brightness: step / 100 }, { ...DARK, brightness: told }), true);
  }
});

Deno.test("a failure of the light is told by its name and the reason", () => {
  const told = (status: number, detail: string) => refusalWords("Shelf", { ...UNREACHABLE, status, detail });
  assertEquals(told(504, "…"), "\u2068Shelf\u2069 does not answer. It is shown as it was last seen.");
  assertEquals(
    told(502, "Cannot change device 'a: b': no connection"),
    "\u2068Shelf\u2069 does not answer: no connection.",
  );
  assertEquals(
    told(502, "Cannot read device 'Shelf': it answers with an error"),
    "\u2068Shelf\u2069 cannot be changed: it answers with an error.",
  );
  assertEquals(told(409, "Cannot switch it."), "Cannot switch it.");
});

Deno.test("lights that never told anything count neither as on nor as off", () => {
  assertEquals(litInWords(300, 1, 0), "300 lights, 1 on");
  assertEquals(litInWords(1, 0, 1), "1 light, 0 on, 1 not known");
});

Deno.test("a sparkline is told in words", () => {
  assertEquals(checksInWords([]), "No check since this page opened");
  assertEquals(checksInWords([3.14, null, 12.4]), "Last 3 checks: 3.1 ms to 12 ms, 1 without an answer");
  assertEquals(checksInWords([null]), "Last 1 checks, 1 without an answer");
  assertEquals(milliseconds(2), "2 ms");
});

Deno.test("a sparkline ends at the right and is broken where a check failed", () => {
  assertEquals(sparklinePath([20, null, 10]), {
    line: "M70 2M78 10",
    failures: [74],
    last: { x: 78, y: 10 },
  });
  assertEquals(sparklinePath([10, null]).last, undefined);
});
