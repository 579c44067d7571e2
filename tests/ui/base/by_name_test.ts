import { assertEquals } from "@std/assert";
import { byName } from "../../../src/ui/base/by_name.ts";

Deno.test("names stand as people count, and those that are the same stay in one order", () => {
  const items = ["Strip 10", "Strip 2", "élan", "Strip 1", "strip 2", "Attic", "Strip 2"]
    .map((name, at) => ({ id: `dev_${9 - at}`, name }));
  const sorted = byName(items);
  assertEquals(sorted.map(({ name }) => name), [
    "Attic",
    "élan",
    "Strip 1",
    "strip 2",
    "Strip 2",
    "Strip 2",
    "Strip 10",
  ]);
  assertEquals(byName(items.toReversed()), sorted);
});
