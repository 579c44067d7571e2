import { assertEquals } from "@std/assert";
import { type FoundRow, steadyRows } from "../../../src/ui/devices/discovered/steady_rows.ts";
import { find } from "./finds.ts";

const words = (rows: readonly FoundRow[]) =>
  rows.map(({ device, gone }) => gone ? `(${device.name})` : device.name).join(" ");
const [attic, desk, shelf] = [find("Attic"), find("Desk"), find("Shelf")];

Deno.test("while somebody is at the list no row moves; afterwards it is in order again", () => {
  const before = steadyRows([], [desk, shelf], false);
  const during = steadyRows(before, [attic, shelf], true);
  assertEquals(words(during), "(Desk) Shelf Attic");
  assertEquals(words(steadyRows(during, [attic, shelf], false)), "Attic Shelf");
  assertEquals(words(steadyRows(during, [attic, desk, shelf], true)), "Desk Shelf Attic");
});

Deno.test("a row about which nothing changed stays the same object, so that it is not drawn again", () => {
  const before = steadyRows([], [desk, shelf], false);
  const after = steadyRows(before, [attic, desk, shelf], false);
  assertEquals([after[1] === before[0], after[2] === before[1]], [true, true]);
});
