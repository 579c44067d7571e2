import { assertEquals } from "@std/assert";
import type { UpdateStatus } from "../../../src/ui/settings/update/answers.ts";
import { updateWords } from "../../../src/ui/settings/update/update_words.ts";

const NOW = Date.parse("2026-11-22T12:00:00.000Z");
const IDLE: UpdateStatus = {
  supported: true,
  reason: null,
  state: "idle",
  version: "1.0.0",
  available: null,
  dismissed: false,
  progress: null,
  checked_at: null,
  problem: null,
};
const NEWER = { version: "1.1.0", notes: "", released_at: "2026-11-20T12:00:00.000Z", size: 1000 };

Deno.test("how an update stands is said in one sentence", () => {
  const said = (change: Partial<UpdateStatus>) => updateWords({ ...IDLE, ...change }, NOW);
  assertEquals(said({}), "Not checked for updates yet.");
  assertEquals(said({ checked_at: "2026-11-22T11:55:00.000Z" }), "This is the newest; checked 5 minutes ago.");
  assertEquals(said({ state: "checking" }), "Looking for an update…");
  assertEquals(said({ state: "available", available: NEWER }), "Version 1.1.0 is there.");
  assertEquals(
    said({ state: "available", available: NEWER, dismissed: true }),
    "Version 1.1.0 is there; somebody did not want it.",
  );
  assertEquals(said({ state: "downloading", available: NEWER }), "Downloading version 1.1.0…");
  assertEquals(said({ state: "ready", available: NEWER }), "Version 1.1.0 is downloaded and verified.");
  assertEquals(
    said({ state: "applied", available: NEWER }),
    "Version 1.1.0 is in place; the server restarts with it.",
  );
});
