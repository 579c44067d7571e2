import { assertEquals } from "@std/assert";
import { refusalsIn } from "../../../src/ui/activity/refusal_words.ts";
import { failedReading } from "../../../src/ui/activity/use_log_reading.ts";
import { type Problem, UNREACHABLE } from "../../../src/ui/base/problem.ts";

const REFUSED: Problem = {
  ...UNREACHABLE,
  status: 422,
  errors: [{ field: "since", message: "must not be after until" }],
};
const READ = { value: 12, problem: undefined, key: "q=lamp" };

Deno.test("a server that is away for a moment takes nothing back that was read of the same filter", () => {
  assertEquals(failedReading(READ, UNREACHABLE, "q=lamp"), { ...READ, problem: UNREACHABLE });
});

Deno.test("what is refused, or was read of another filter, does not stand as if it were so", () => {
  const blank = { value: undefined, key: undefined };
  assertEquals(failedReading(READ, REFUSED, "q=lamp"), { ...blank, problem: REFUSED });
  assertEquals(failedReading(READ, UNREACHABLE, "q=desk"), { ...blank, problem: UNREACHABLE });
});

Deno.test("dates that are refused are named as the fields are", () => {
  assertEquals(refusalsIn(REFUSED), ["From must not be after To"]);
});
