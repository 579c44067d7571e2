import { assertEquals } from "@std/assert";
import { type Problem, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { type AnswerOfMany, inParts, issueWords } from "../../../src/ui/devices/bulk/in_parts.ts";

const IDS = ["a", "b", "c", "d", "e"];
const good = (ids: readonly string[]): AnswerOfMany<unknown> => ({ items: ids.map((id) => ({ id, ok: true })) });

Deno.test("many are done in parts, and what went wrong is kept with its reason", async () => {
  const asked: string[] = [];
  const done: number[] = [];
  const outcome = await inParts({
    ids: IDS,
    size: 2,
    send: (ids) => {
      asked.push(ids.join(""));
      const items = ids.map((id) => {
        if (id === "b") return { id, name: "B", ok: false, error: { message: "Cannot add it" } };
        if (id !== "c") return { device_id: id, ok: true, changed: id !== "d" };
        const issues = [{ field: "led_count", message: "must be at most 10000" }];
        return { device_id: id, name: null, ok: false, error: { message: "Not valid", issues } };
      });
      return Promise.resolve({ ok: true, value: { items }, etag: null });
    },
    progress: (soFar) => done.push(soFar.done + soFar.failed.length),
  });
  assertEquals(asked, ["ab", "cd", "e"]);
  assertEquals(done, [2, 4, 5]);
  assertEquals([outcome.done, outcome.same, outcome.untried], [3, 1, 0]);
  assertEquals(outcome.failed, [
    { id: "b", name: "B", reason: "Cannot add it" },
    { id: "c", name: null, reason: "LED count must be at most 10000" },
  ]);
});

/** Of five, two at a time, the second two end like that. */
const endingWith = (problem: Problem) =>
  inParts({
    ids: IDS,
    size: 2,
    send: (ids) =>
      Promise.resolve(ids.includes("c") ? { ok: false, problem } : { ok: true, value: good(ids), etag: null }),
    progress: () => {},
  });

Deno.test("a part that is refused ends it, and the rest counts as not tried", async () => {
  const problem = { ...UNREACHABLE, status: 403 };
  const outcome = await endingWith(problem);
  assertEquals([outcome.done, outcome.unheard, outcome.untried, outcome.problem], [2, 0, 3, problem]);
});

Deno.test("a part that is not answered may have been done: it is not said that it was not tried", async () => {
  for (const problem of [UNREACHABLE, { ...UNREACHABLE, status: 500 }]) {
    const outcome = await endingWith(problem);
    assertEquals([outcome.done, outcome.unheard, outcome.untried, outcome.problem], [2, 2, 1, problem]);
  }
});

Deno.test("what is wrong is named as the form names it, wherever it stands in what was sent", () => {
  const message = "must not be so";
  const issues = ["add_tags[1]", "fields.led_count", "rgb_order"].map((field) => ({ field, message }));
  assertEquals(issueWords(issues), "Add tags must not be so; LED count must not be so; RGB order must not be so");
  assertEquals(issueWords([]), "");
});

Deno.test("whoever stops it keeps what was done", async () => {
  const stop = new AbortController();
  const outcome = await inParts({
    ids: IDS,
    size: 2,
    signal: stop.signal,
    send: (ids) => Promise.resolve({ ok: true, value: good(ids), etag: null }),
    progress: () => stop.abort(),
  });
  assertEquals([outcome.done, outcome.untried, outcome.problem], [2, 3, undefined]);
});
