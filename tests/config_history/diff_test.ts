import { assertEquals } from "@std/assert";
import { applyPatch } from "diff";
import { shownChange } from "../../src/config_history/changes.ts";
import { compare } from "../../src/config_history/comparison.ts";
import { hunksOf, unifiedText } from "../../src/config_history/hunks.ts";
import { diffLines } from "../../src/config_history/line_diff.ts";
import { createRandom } from "../support/random.ts";

const sideOf = (edits: readonly { readonly kind: string; readonly line: string }[], other: string) =>
  edits.filter(({ kind }) => kind !== other).map(({ line }) => line);

Deno.test("a diff tells both texts, and its patch makes one of the other", () => {
  const random = createRandom(5);
  for (let round = 0; round < 400; round++) {
    const lines = () => Array.from({ length: random.int(40) }, () => random.pick(["a", "b", "c", "{", "}", "x=1"]));
    const [before, after] = [lines(), lines()];
    const { edits } = diffLines(before, after);
    assertEquals([sideOf(edits, "+"), sideOf(edits, "-")], [before, after]);
    const { hunks, cut } = hunksOf(edits, 1000);
    assertEquals(cut, false);
    const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");
    const patch = unifiedText(hunks, { before: "one", after: "two" });
    assertEquals(patch === "" ? text(before) : applyPatch(text(before), patch), text(after), patch);
  }
});

Deno.test("a diff is as short as it can be", () => {
  const { edits } = diffLines(["a", "b", "c", "d", "e"], ["a", "c", "x", "d", "e"]);
  assertEquals(edits.map(({ kind, line }) => kind + line), [" a", "-b", " c", "+x", " d", " e"]);
});

Deno.test("texts that are told apart by order alone are given up on in time, and shown as replaced between their ends", () => {
  const random = createRandom(9);
  const shuffled = () => Array.from({ length: 30_000 }, () => `line ${random.int(3000)}`);
  const [before, after] = [shuffled(), shuffled()].map((lines) => ["first", ...lines, "last"]);
  const { edits, minimal } = diffLines(before ?? [], after ?? []);
  assertEquals(minimal, false);
  assertEquals([edits.at(0), edits.at(-1)], [{ kind: " ", line: "first" }, { kind: " ", line: "last" }]);
  assertEquals([sideOf(edits, "+"), sideOf(edits, "-")], [before, after]);
});

Deno.test("a long diff is cut, and says so", () => {
  const { edits } = diffLines([], Array.from({ length: 500 }, (_, n) => String(n)));
  const { hunks, cut } = hunksOf(edits, 100);
  assertEquals([hunks.length, hunks[0]?.lines.length, cut], [1, 100, true]);
});

Deno.test("changes of a router are told by section: what came, what went, what is different", () => {
  const before = `# by RouterOS 7.16
/ip address
add address=10.0.0.1/24
/ip dns
set servers=1.1.1.1
/ip route
add gateway=10.0.0.254
`;
  const after = `# by RouterOS 7.17
/ip address
add address=10.0.0.1/24
add address=10.0.1.1/24
/ip dns
set servers=9.9.9.9
`;
  assertEquals(compare(before, after, "routeros").changes, [
    { component: "header", kind: "modified", lines: 2, line: "# by RouterOS 7.17" },
    { component: "/ip address", kind: "added", lines: 1, line: "add address=10.0.1.1/24" },
    { component: "/ip dns", kind: "modified", lines: 2, line: "set servers=9.9.9.9" },
    { component: "/ip route", kind: "removed", lines: 2, line: "/ip route" },
  ]);
});

Deno.test("a line that only gets a comma is no change of its part", () => {
  const text = (cfg: unknown) => `${JSON.stringify({ cfg, presets: {} }, null, 2)}\n`;
  const { changes } = compare(text({ a: { b: { c: 1 } } }), text({ a: { b: { c: 1 }, x: { y: 2 } } }), "wled");
  assertEquals(changes.map(shownChange), [{ component: "cfg.a.x", kind: "added", lines: 2, line: '"x": {' }]);
});

Deno.test("the texts of a device cannot lead a reader of the changes astray", () => {
  const after = `/ip address\nadd comment=\u202e\u001b[31m${"x".repeat(5000)}\n`;
  const [change] = compare("/ip address\n", after, "routeros").changes.map(shownChange);
  assertEquals(change?.line, `add comment=${"x".repeat(188)}`);
});
