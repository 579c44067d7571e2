import { assert, assertEquals } from "@std/assert";
import { cleanText } from "../../src/audit/clean.ts";
import { createRandom } from "../support/random.ts";

const CASES: readonly (readonly [given: string, kept: string])[] = [
  ["plain text, ÄÖÜ, 日本語, 👩‍👩‍👧", "plain text, ÄÖÜ, 日本語, 👩‍👩‍👧"],
  ["a\u0000b\tc\r\nd", "abcd"],
  ["a\u2028b\u2029c\u0085d", "abcd"],
  ["\u001b[1;31mred\u001b[0m", "red"],
  ["\u009b31mred", "red"],
  ["\u001b]0;title\u0007after", "after"],
  ["\u001b]8;;http://x\u001b\\link", "link"],
  ["\u001bcreset", "reset"],
  ["\u202eevil\u202c \u2066x\u2069 \u200ey\u200f\u061c", "evil x y"],
  ["a\ud800b\udc00c", "abc"],
  ["\udc00\ud83d\udca1\ud83d", "💡"],
  ["http://user:secret@host/x", "http://host/x"],
  ["see HTTPS://me@host and ssh://a:b@c:22", "see HTTPS://host and ssh://c:22"],
  ["rtsp://admin:p@ss@w0rd@camera/1", "rtsp://camera/1"],
  [`http://user:${"s".repeat(1500)}@host`, "http://host"],
  ["http://us\u0000er:sec\u202eret@host", "http://host"],
  ["mail@example.org @home http://host/a@b", "mail@example.org @home http://host/a@b"],
];

Deno.test("controls, escape sequences, direction marks, halves of characters and user info of URLs go", () => {
  for (const [given, kept] of CASES) assertEquals(cleanText(given, 256), kept, JSON.stringify(given));
});

Deno.test("a limit counts characters, and cuts none in half", () => {
  assertEquals(cleanText("💡".repeat(300), 256), "💡".repeat(256));
  assertEquals(cleanText(`${"a".repeat(255)}💡💡`, 256), `${"a".repeat(255)}💡`);
  assertEquals(cleanText("a".repeat(256), 256).length, 256);
  assertEquals(cleanText("a".repeat(10_000_000), 512).length, 512);
});

Deno.test("what is clean stays as it is, whatever came in", () => {
  const random = createRandom(5);
  const pieces = [
    "\u001b",
    "[",
    "31m",
    "]",
    "\u0007",
    "\\",
    "\u009b",
    "\ud83d",
    "\udca1",
    "a",
    "://",
    "@",
    ":",
    "\u202e",
    "x",
  ];
  for (let round = 0; round < 5000; round++) {
    const given = Array.from({ length: random.int(12) }, () => random.pick(pieces)).join("");
    const clean = cleanText(given, 256);
    assertEquals(cleanText(clean, 256), clean, JSON.stringify(given));
    // deno-lint-ignore no-control-regex
    assert(!/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(clean) && clean.isWellFormed(), JSON.stringify(given));
  }
});
