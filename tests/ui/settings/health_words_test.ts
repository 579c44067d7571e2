import { assertEquals } from "@std/assert";
import { healthFacts, type ServerHealth, uptime } from "../../../src/ui/settings/health_words.ts";

const audit = {
  enabled: true,
  storing: true,
  head_seq: 1204,
  waiting: 0,
  lost: 0,
  unrecorded: 0,
  text_behind: 0,
  followers: 1,
};
const factsOf = (change: Partial<ServerHealth["audit"]>) =>
  healthFacts({ status: "ok", version: "1", uptime_seconds: 1, auth_required: true, audit: { ...audit, ...change } });
const wordsOf = (label: string, change: Partial<ServerHealth["audit"]>) =>
  factsOf(change).find((fact) => fact.label === label);

Deno.test("a log that is well has nothing that stands out", () => {
  assertEquals(factsOf({}).filter(({ tone }) => tone !== "info"), []);
  assertEquals(wordsOf("Newest entry", {})?.words, "Number 1,204");
});

Deno.test("a log that does not store says so as an error", () => {
  assertEquals(wordsOf("Storing", { storing: false })?.tone, "error");
  assertEquals(wordsOf("Storing", { head_seq: null })?.words, "The database does not answer");
  assertEquals(wordsOf("Storing", { enabled: false })?.tone, "warning");
});

Deno.test("lost entries are counted, and whether the log tells of them", () => {
  assertEquals(wordsOf("Lost", { lost: 1 }), {
    label: "Lost",
    words: "1 entry since the server started",
    tone: "error",
  });
  assertEquals(
    wordsOf("Lost", { lost: 12, unrecorded: 2 })?.words,
    "12 entries since the server started, 2 of them not told of in the log yet",
  );
});

Deno.test("how long the server runs is told in its two largest units", () => {
  assertEquals(uptime(59), "less than a minute");
  assertEquals(uptime(3 * 3600 + 61), "3 hours 1 minute");
  assertEquals(uptime(86_400 * 2 + 3600 * 5 + 60), "2 days 5 hours");
});
