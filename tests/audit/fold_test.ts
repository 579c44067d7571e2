import { assertEquals } from "@std/assert";
import { fold, holdsText, searchableText } from "../../src/audit/fold.ts";
import { createDraft } from "../../src/audit/entry.ts";
import { matchFor } from "../../src/audit/text_match.ts";

const SAME: readonly (readonly [string, string])[] = [
  ["Straße", "STRASSE"],
  ["straße", "strasse"],
  ["ΟΔΟΣ", "οδος"],
  ["ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς"],
  ["σας", "ΣΑΣ"],
  ["İstanbul", "i̇stanbul"],
  ["CAFÉ", "cafe\u0301"],
  ["ſupper", "SUPPER"],
  ["ﬁn", "FIN"],
  ["💡 Desk", "💡 dESK"],
];

Deno.test("texts that differ by case alone fold to the same", () => {
  for (const [a, b] of SAME) assertEquals(fold(a), fold(b), `${a} and ${b}`);
});

Deno.test("folding twice is folding once", () => {
  for (const text of SAME.flat()) assertEquals(fold(fold(text)), fold(text), text);
});

Deno.test("texts that differ by more than case stay apart", () => {
  for (const [a, b] of [["a", "ä"], ["100%", "100"], ["a_b", "a b"], ["o", "0"]] as const) {
    assertEquals(fold(a) === fold(b), false, `${a} and ${b}`);
  }
});

const draft = createDraft(0, "desk", "device", "device.online", {
  message: "100% of a_b",
  entityName: "Lamp",
  metadata: { url: "http://x", count: 7, on: true, none: null },
});

Deno.test("a search looks at message, name, actor, action and metadata values, each on its own", () => {
  assertEquals(searchableText(draft), "100% of a_b\nlamp\ndesk\ndevice.online\nhttp://x\n7\ntrue\n");
  for (const part of ["0% o", "a_b", "lamp", "desk", "device.on", "//x", "7", "true", ""]) {
    assertEquals(holdsText(draft, fold(part)), true, part);
  }
  for (const part of ["a%b", "100_", "lampdesk", "lamp desk", "lamp\ndesk", "null", "count"]) {
    assertEquals(holdsText(draft, fold(part)), false, part);
  }
});

Deno.test("the index is asked for trigrams as literal texts", () => {
  assertEquals(matchFor(["ab"]), undefined, "too short for a trigram");
  assertEquals(matchFor(["💡💡"]), undefined, "characters are counted, not their halves");
  assertEquals(matchFor(["abc"]), '"abc"');
  assertEquals(matchFor(["abcd"]), '"abc" AND "bcd"');
  assertEquals(matchFor(['"""']), '""""""""');
  assertEquals(matchFor(['a"b*']), '"a""b" AND """b*"');
  assertEquals(matchFor(["aaaa"]), '"aaa"', "each trigram once");
  assertEquals(matchFor(["abc", "xy", "bcd"]), '"abc" AND "bcd"', "of each text that is long enough");
  const long = matchFor([Array.from({ length: 5000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("")]) ?? "";
  assertEquals(long.split(" AND ").length, 12, "however long the text is");
});
