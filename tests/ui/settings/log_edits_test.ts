import { assertEquals } from "@std/assert";
import { draftOf } from "../../../src/ui/settings/log/log_draft.ts";
import {
  changeOf,
  edited,
  followed,
  isContested,
  type LogEdits,
  settled,
  shownOf,
} from "../../../src/ui/settings/log/log_edits.ts";

const SETTINGS = { enabled: true, max_days: 90, max_entries: 20_000 };
const USUAL = draftOf(SETTINGS);
const draftWith = (part: Partial<typeof SETTINGS> | { max_days: null }) => draftOf({ ...SETTINGS, ...part });
const typed = (text: string) => ({ limited: true, text });
const days = (text: string, edits: LogEdits = {}, now = USUAL) => edited(edits, "days", typed(text), now);

Deno.test("only the fields that were edited are sent", () => {
  assertEquals(changeOf({}, USUAL), {});
  assertEquals(changeOf(days("30"), USUAL), { max_days: 30 });
  assertEquals(changeOf(edited(days("30"), "enabled", false, USUAL), USUAL), { enabled: false, max_days: 30 });
  assertEquals(changeOf(days(" 90 "), USUAL), {});
  assertEquals(changeOf(days("x"), USUAL), undefined);
});

Deno.test("a field that reads as it did is not edited any more", () => {
  assertEquals(days("90", days("9")), {});
});

Deno.test("what others change is followed by the fields that were not edited", () => {
  const now = draftWith({ max_days: 90, max_entries: 500, enabled: false });
  const edits = followed(days("30"), USUAL, now);
  assertEquals(shownOf(edits, now), { enabled: false, days: typed("30"), entries: typed("500") });
  assertEquals(changeOf(edits, now), { max_days: 30 });
  assertEquals(isContested(edits, "days", now), false);
});

Deno.test("what others make of an edited field does not take the edit away, and is told", () => {
  const now = draftWith({ max_days: 60 });
  const edits = followed(days("30"), USUAL, now);
  assertEquals(shownOf(edits, now).days, typed("30"));
  assertEquals([isContested(edits, "days", now), isContested(edits, "entries", now)], [true, false]);
  assertEquals(changeOf(edits, now), { max_days: 30 });
});

Deno.test("a field goes back to what it was, also where others changed it meanwhile", () => {
  const now = draftWith({ max_days: 60 });
  const edits = days("90", followed(days("30"), USUAL, now), now);
  assertEquals(changeOf(edits, now), { max_days: 90 });
});

Deno.test("an edit that means what was or what is now is none", () => {
  const now = draftWith({ max_days: 60 });
  assertEquals(followed(days(" 90 "), USUAL, now), {});
  assertEquals(followed(days("060"), USUAL, now), {});
  assertEquals(followed(days(""), USUAL, now), days(""));
});

Deno.test("after saving, the form shows what was saved and keeps what was typed since", () => {
  const sent = days("012");
  const now = draftWith({ max_days: 12 });
  assertEquals(shownOf(settled(sent, sent, now), now).days, typed("12"));
  const since = settled(days("45", sent), sent, now);
  assertEquals([changeOf(since, now), isContested(since, "days", now)], [{ max_days: 45 }, false]);
  const endless = edited(days("60"), "days", { limited: false, text: "60" }, USUAL);
  const without = draftWith({ max_days: null });
  assertEquals(shownOf(settled(endless, endless, without), without).days, { limited: false, text: "90" });
});
