import { assertEquals } from "@std/assert";
import {
  DAYS,
  draftOf,
  ENTRIES,
  limitProblem,
  limitValue,
  meaningOf,
  settingsOf,
} from "../../../src/ui/settings/log/log_draft.ts";

const USUAL = { enabled: true, max_days: 90, max_entries: 20_000 };

Deno.test("settings come back from their draft as they were", () => {
  for (const settings of [USUAL, { enabled: false, max_days: null, max_entries: null }, { ...USUAL, max_days: 1 }]) {
    assertEquals(settingsOf(draftOf(settings)), settings);
  }
});

Deno.test("a limit must be a whole number within its bounds, unless there is none", () => {
  const wrong = (text: string, bounds = DAYS) => limitProblem({ limited: true, text }, bounds) !== undefined;
  assertEquals(["", "0", "1", "3650", "3651", "1.5", "-1", "1e2", "ninety", " 90 "].map((text) => wrong(text)), [
    true,
    true,
    false,
    false,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  assertEquals(["99", "100", "10000000", "10000001"].map((text) => wrong(text, ENTRIES)), [true, false, false, true]);
  assertEquals(limitProblem({ limited: false, text: "x" }, DAYS), undefined);
  assertEquals(settingsOf({ ...draftOf(USUAL), days: { limited: true, text: "" } }), undefined);
});

Deno.test("a number may be written in groups of three, with one sign between them", () => {
  const value = (text: string) => limitValue({ limited: true, text });
  for (const text of ["20000", "20,000", "20 000", "20\u00a0000", "20\u202f000", "20'000", "20’000", " 020000 "]) {
    assertEquals(value(text), 20_000, text);
  }
  assertEquals(value("1,000,000"), 1_000_000);
  for (const text of ["20.000", "2,00", "20,0000", "1,000 000", ",000", "20,", "1e3"]) {
    assertEquals(value(text), NaN, text);
  }
  assertEquals(limitValue({ limited: false, text: "20" }), null);
});

Deno.test("what the settings mean is said in a sentence", () => {
  assertEquals(
    meaningOf(USUAL),
    "An entry goes once it is older than 90 days, or once more than 20,000 newer ones are there.",
  );
  assertEquals(meaningOf({ ...USUAL, max_entries: null }), "An entry goes once it is older than 90 days.");
  assertEquals(
    meaningOf({ ...USUAL, max_days: null, max_entries: 100 }),
    "An entry goes once more than 100 newer ones are there.",
  );
  assertEquals(
    meaningOf({ enabled: true, max_days: null, max_entries: null }),
    "Every entry is kept until somebody clears the log.",
  );
});
