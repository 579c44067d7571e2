import { assertEquals } from "@std/assert";
import { goneByNumber, isLoss, lossWords } from "../../../src/ui/settings/log/log_loss.ts";
import { nowWords } from "../../../src/ui/settings/log/now_words.ts";
import { confirmWord, isConfirmed } from "../../../src/ui/parts/confirm_word.ts";

Deno.test("a lower limit also makes room for what the log says about it", () => {
  assertEquals([98, 99, 100, 101, 250].map((size) => goneByNumber(size, 100)), [0, 0, 2, 3, 152]);
});

Deno.test("how many entries go is said as far as it is known", () => {
  assertEquals(lossWords({ count: 1, capped: false }), "At least 1 entry goes");
  assertEquals(lossWords({ count: 1204, capped: false }), "At least 1,204 entries go");
  assertEquals(lossWords({ count: 10_000, capped: true }), "10,000+ entries go");
  assertEquals([isLoss({ count: 0, capped: false }), isLoss({ count: 0, capped: true })], [false, true]);
});

Deno.test("what somebody else made of a field is said calmly", () => {
  const settings = { enabled: false, max_days: 1, max_entries: null };
  assertEquals((["enabled", "days", "entries"] as const).map((name) => nowWords(name, settings)), [
    "Changed meanwhile by somebody else: now off.",
    "Changed meanwhile by somebody else: now 1 day.",
    "Changed meanwhile by somebody else: now no limit.",
  ]);
});

Deno.test("a word to confirm with is taken whatever its case", () => {
  for (const typed of ["clear", "Clear", "CLEAR "]) assertEquals(isConfirmed(confirmWord("clear"), typed), true, typed);
  assertEquals(isConfirmed("clear", "clea"), false);
});
