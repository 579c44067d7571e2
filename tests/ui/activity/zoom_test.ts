import { assertEquals } from "@std/assert";
import type { Filter } from "../../../src/ui/activity/filter.ts";
import { createZoom, hasSpan } from "../../../src/ui/activity/histogram/zoom.ts";

function createPlace(first: Filter) {
  const filter = { value: first, peek: () => filter.value };
  let shown = 0;
  const show = (next: Filter) => {
    shown++;
    filter.value = next;
  };
  return { filter, zoom: createZoom({ filter, show }), shown: () => shown };
}

const TODAY = { q: "lamp", since: "2026-11-22T00:00:00.000Z" };
const HOUR = { since: "2026-11-22T10:00:00.000Z", until: "2026-11-22T10:59:59.999Z" };
const MINUTE = { since: "2026-11-22T10:05:00.000Z", until: "2026-11-22T10:05:59.999Z" };

Deno.test("the way out of a span of time is the way in, step by step, then to the whole of time", () => {
  const { filter, zoom } = createPlace(TODAY);
  zoom.into({ ...TODAY, ...HOUR });
  zoom.into({ ...TODAY, ...MINUTE });
  zoom.out();
  assertEquals(filter.value, { q: "lamp", ...HOUR });
  zoom.out();
  assertEquals(filter.value, TODAY);
  zoom.out();
  assertEquals(filter.value, { q: "lamp" });
  assertEquals(hasSpan(filter.value), false);
});

Deno.test("what else was narrowed meanwhile stays; dates that were set otherwise lead to the whole of time", () => {
  const { filter, zoom } = createPlace({});
  zoom.into(HOUR);
  filter.value = { ...HOUR, actor: "desk" };
  zoom.into({ ...filter.value, ...MINUTE });
  zoom.out();
  assertEquals(filter.value, { ...HOUR, actor: "desk" });
  filter.value = { since: "2020-01-01T00:00:00.000Z", actor: "desk" };
  zoom.out();
  assertEquals(filter.value, { actor: "desk" });
});

Deno.test("a span that is looked at already is no step", () => {
  const { filter, zoom, shown } = createPlace({});
  zoom.into(HOUR);
  zoom.into({ ...HOUR });
  assertEquals(shown(), 1);
  zoom.out();
  assertEquals(filter.value, {});
});
