import { assertEquals } from "@std/assert";
import { presenceWords } from "../../../src/ui/parts/presence_words.ts";

Deno.test("how a device is, is said with the reason", () => {
  assertEquals(presenceWords(null, null, true), "Not checked yet");
  assertEquals(presenceWords(true, "timeout", true), "Online");
  assertEquals(presenceWords(false, "timeout", true), "Offline: no answer in time");
  assertEquals(presenceWords(false, "brand_new", true), "Offline: brand new");
});

Deno.test("while nothing is heard of a device, it is said how it was", () => {
  assertEquals(presenceWords(null, null, false), "Not checked yet");
  assertEquals(presenceWords(true, null, false), "Last known: online");
  assertEquals(presenceWords(false, "timeout", false), "Last known: offline, no answer in time");
});
