import { assertEquals } from "@std/assert";
import { createSelection } from "../../../src/ui/devices/bulk/selection.ts";

const ORDER = ["a", "b", "c", "d", "e"];
const chosen = ({ ids }: ReturnType<typeof createSelection>) => [...ids.value].toSorted().join("");

Deno.test("with Shift all from the last one to this one are selected, in either direction", () => {
  const selection = createSelection();
  selection.toggle("d", ORDER, false);
  selection.toggle("b", ORDER, true);
  assertEquals(chosen(selection), "bcd");
  selection.toggle("e", ORDER, false);
  selection.toggle("c", ORDER, true);
  assertEquals(chosen(selection), "b", "the range becomes as the row that was clicked becomes");
});

Deno.test("a range begins anew where the one before it is not in sight any more", () => {
  const selection = createSelection();
  selection.toggle("a", ORDER, false);
  selection.toggle("e", ["c", "d", "e"], true);
  assertEquals(chosen(selection), "ae");
});

Deno.test("selecting all adds to what is selected elsewhere, and once more takes only these away", () => {
  const selection = createSelection();
  selection.toggle("a", ORDER, false);
  selection.toggleAll(["b", "c"]);
  assertEquals(chosen(selection), "abc");
  selection.toggleAll(["b", "c"]);
  assertEquals(chosen(selection), "a");
  selection.only([]);
  assertEquals(chosen(selection), "");
});
