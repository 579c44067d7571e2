import { assertEquals } from "@std/assert";
import type { ApiKey } from "../../../src/ui/settings/key_list.ts";
import { keyFacts, labelProblem } from "../../../src/ui/settings/key_words.ts";

const NOW = Date.parse("2026-11-22T12:00:00.000Z");
const key: ApiKey = {
  label: "desk",
  role: "admin",
  source: "database",
  created_at: "2026-11-20T12:00:00.000Z",
  expires_at: null,
  last_used_at: null,
};

Deno.test("a key tells since when it is there, when it was used and when it ends", () => {
  assertEquals(keyFacts(key, NOW), ["made 2 days ago", "never used", "does not expire"]);
  const used = { ...key, last_used_at: "2026-11-22T11:59:59.000Z", expires_at: "2027-06-15T12:00:00.000Z" };
  assertEquals(keyFacts(used, NOW).slice(1), ["used just now", "expires on 2027-06-15"]);
  const over = { ...key, expires_at: "2026-10-15T12:00:00.000Z", source: "environment" } as const;
  assertEquals(keyFacts(over, NOW), ["declared by the environment", "never used", "expired on 2026-10-15"]);
});

Deno.test("a label is looked at before the server is asked", () => {
  for (const label of ["desk", "a.b_c-9", "x".repeat(64)]) assertEquals(labelProblem(label), undefined);
  for (const label of ["", "a b", "x".repeat(65), "System", "anonymous", "schlüssel"]) {
    assertEquals(typeof labelProblem(label), "string", label);
  }
});
