import { assertEquals, assertMatch } from "@std/assert";
import type { Entry } from "../../../src/audit/mod.ts";
import { clearedWords } from "../../../src/ui/activity/cleared_note.tsx";
import { NO_REMOVALS, removalsAfter } from "../../../src/ui/activity/removals.ts";
import type { LiveMessage } from "../../../src/ui/base/messages.ts";
import { createRandom } from "../../support/random.ts";
import { entryIds, randomEntry } from "./entries.ts";

const TS = "2026-11-22T12:56:30.000Z";
const id = entryIds();
const entry = (change: Partial<Entry>): Entry => ({ ...randomEntry(createRandom(1), id(8)), ts: TS, ...change });
const after = (...messages: readonly LiveMessage[]) => messages.reduce(removalsAfter, NO_REMOVALS);

const CLEARED: LiveMessage = { type: "log_cleared", up_to_seq: 7 };
const ENTRY: LiveMessage = {
  type: "activity_logged",
  seq: 8,
  entry: entry({ action: "activity_log.cleared", actor: "desk", metadata: { deleted: 7, up_to_seq: 7 } }),
};
const KNOWN = { through: 7, cleared: { through: 7, by: { actor: "desk", ts: TS } } };

Deno.test("who cleared the log is known, whichever is told first: that it was cleared, or the entry", () => {
  assertEquals(after(CLEARED), { through: 7, cleared: { through: 7 } });
  assertEquals(after(CLEARED, ENTRY), KNOWN);
  assertEquals(after(ENTRY, CLEARED), KNOWN);
  assertEquals(after(ENTRY, { type: "log_cleared", up_to_seq: 20 }), { through: 20, cleared: { through: 20 } });
});

Deno.test("what was pruned, also while nobody listened, is gone too; other entries remove nothing", () => {
  const pruned = entry({ action: "activity_log.pruned", metadata: { deleted: 3, up_to_seq: 3 } });
  assertEquals(after({ type: "activity_logged", seq: 8, entry: pruned }), { through: 3, cleared: undefined });
  assertEquals(after({ type: "gap", from_seq: 2, to_seq: 5 }), { through: 5, cleared: undefined });
  const other = entry({ action: "auth.key_created", metadata: { up_to_seq: 3 } });
  assertEquals(after({ type: "activity_logged", seq: 8, entry: other }), NO_REMOVALS);
});

Deno.test("the page says who cleared the log and when, as far as that is known", () => {
  assertEquals(clearedWords({ through: 7 }), "The log was cleared");
  assertMatch(clearedWords(KNOWN.cleared, TS), /^desk cleared the log at \d\d:56$/);
  assertMatch(clearedWords(KNOWN.cleared, "2026-12-24T12:00:00.000Z"), /^desk cleared .* at 2026-11-22 \d\d:56$/);
});
