import { assertEquals } from "@std/assert";
import { describePixels, describeState, drawStrip, plainText } from "../../virtual_wled/draw.ts";
import { createState } from "../../virtual_wled/state.ts";

const block = (red: number, green: number, blue: number) => `\x1b[48;2;${red};${green};${blue}m `;

Deno.test("a strip is drawn as one block an LED, or evenly picked from more than there is room for", () => {
  const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assertEquals(drawStrip(pixels.subarray(0, 6), 80), `${block(1, 2, 3)}${block(4, 5, 6)}\x1b[0m`);
  assertEquals(drawStrip(pixels, 2), `${block(1, 2, 3)}${block(7, 8, 9)}\x1b[0m`);
});

Deno.test("in words, neighbours of one colour stand together, and very many colours are cut short", () => {
  assertEquals(describePixels(Uint8Array.from([255, 136, 0, 255, 136, 0, 0, 0, 1])), "#ff8800 × 2, #000001 × 1");
  assertEquals(describePixels(Uint8Array.from({ length: 30 }, (_, at) => at)).endsWith("#0f1011 × 1, …"), true);
  assertEquals(describeState({ ...createState(3), on: false }, 3), "#ffa000 × 3, off, 50 %");
});

Deno.test("a name cannot steer the terminal", () => {
  assertEquals(plainText("a\x1b[2Jb\r\n\u202ec\u0007 é 😀"), "a[2Jbc é 😀");
});
