import { assertEquals } from "@std/assert";
import { createLosses } from "../../src/audit/losses.ts";

Deno.test("losses add up to one count with the span of time that they cover", () => {
  const losses = createLosses();
  assertEquals(losses.take(), undefined);
  losses.add(["2026-01-02", "2026-01-03"]);
  losses.add(["2026-01-01"]);
  assertEquals([losses.total(), losses.unrecorded()], [3, 3]);
  assertEquals(losses.take(), { count: 3, from_ts: "2026-01-01", to_ts: "2026-01-03" });
  assertEquals(losses.take(), undefined);
});

Deno.test("a loss is not on record until that is said, and what is put back joins later ones", () => {
  const losses = createLosses();
  losses.add(["2026-01-02"]);
  const taken = losses.take()!;
  assertEquals(losses.unrecorded(), 1);
  losses.add(["2026-01-05"]);
  losses.putBack(taken);
  assertEquals([losses.total(), losses.unrecorded()], [2, 2]);
  const both = losses.take()!;
  assertEquals(both, { count: 2, from_ts: "2026-01-02", to_ts: "2026-01-05" });
  losses.recorded(both);
  assertEquals([losses.total(), losses.unrecorded()], [2, 0]);
});
