import { assertEquals } from "@std/assert";
import { linesOf, pairsOf } from "../../../src/ui/devices/config/diff_lines.ts";
import { componentsWords, fileName, outcomeWords } from "../../../src/ui/devices/config/words.ts";
import { UNREACHABLE } from "../../../src/ui/base/problem.ts";

const HUNKS = [
  { old_start: 3, new_start: 3, lines: [" a", "-b", "-c", "+B", " d"] },
  { old_start: 20, new_start: 19, lines: [" e", "+f"] },
];

const told = (row: object) =>
  "skipped" in row ? row : Object.values(row).map((line) => line && `${line.sign}${line.text}`);

Deno.test("lines of a difference have their numbers in both texts, and say how many lie between", () => {
  assertEquals(
    linesOf(HUNKS).map((line) => "skipped" in line ? line.skipped : [line.before, line.after, line.sign, line.text]),
    [
      2,
      [3, 3, " ", "a"],
      [4, undefined, "-", "b"],
      [5, undefined, "-", "c"],
      [undefined, 4, "+", "B"],
      [6, 5, " ", "d"],
      13,
      [20, 19, " ", "e"],
      [undefined, 20, "+", "f"],
    ],
  );
});

Deno.test("what took the place of a line stands beside it", () => {
  assertEquals(pairsOf(linesOf(HUNKS)).map(told), [
    { skipped: 2 },
    [" a", " a"],
    ["-b", "+B"],
    ["-c", undefined],
    [" d", " d"],
    { skipped: 13 },
    [" e", " e"],
    [undefined, "+f"],
  ]);
});

Deno.test("of many components that changed a few are named, each once", () => {
  const change = (component: string) => ({ component, kind: "modified", lines: 1, line: "" }) as const;
  assertEquals(componentsWords(["a", "a", "b"].map(change)), "a, b");
  assertEquals(componentsWords(["a", "b", "c", "d", "a", "e"].map(change)), "a, b, c and 2 more");
});

Deno.test("why nothing was stored is told once", () => {
  const failed = { ok: false, problem: { ...UNREACHABLE, status: 504, detail: "Cannot read it: no answer" } } as const;
  assertEquals(outcomeWords(failed, null), "Cannot read it: no answer. Nothing was stored.");
  assertEquals(outcomeWords(failed, "Cannot read it: no answer"), "Nothing was stored.");
});

Deno.test("of a backup that was not answered it is not said that nothing was stored", () => {
  const unheard = { ok: false, problem: { ...UNREACHABLE, detail: "No answer" } } as const;
  assertEquals(outcomeWords(unheard, null), "No answer. Whether anything was stored is not known.");
});

Deno.test("a file is called after its device and time, whatever the device is called", () => {
  const snapshot = {
    id: "cfg_1",
    resource_type: "routeros",
    sha256: "",
    size: 0,
    trigger: "manual",
    created_at: "2026-11-22T10:00:05.123Z",
    previous_id: null,
    lines_added: null,
    lines_removed: null,
    changes: null,
  } as const;
  assertEquals(fileName("../Küche / Router", snapshot), "k-che-router-20261122-100005.rsc");
  assertEquals(fileName("عربي", snapshot), "device-20261122-100005.rsc");
});
