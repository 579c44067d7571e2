import { assert, assertEquals } from "@std/assert";
import type { Bucket, Histogram } from "../../../src/ui/activity/histogram/histogram.ts";
import { boundsOf, sumOf, zoomed } from "../../../src/ui/activity/histogram/histogram.ts";
import { barsOf, STACK } from "../../../src/ui/activity/histogram/bars.ts";
import { type Brush, bucketAt, clamped, moved, runOf } from "../../../src/ui/activity/histogram/brush.ts";
import { ticksOf } from "../../../src/ui/activity/histogram/ticks.ts";
import { countWords } from "../../../src/ui/activity/histogram/words.ts";
import { createRandom } from "../../support/random.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-11-22T10:00:00.000Z");

function hours(counts: readonly (readonly [info: number, warning: number, error: number])[]): Histogram {
  const buckets = counts.map(([info, warning, error], index): Bucket => ({
    start: new Date(START + index * HOUR).toISOString(),
    info,
    warning,
    error,
  }));
  return { since: null, until: null, bucket_seconds: 3600, buckets, total: 0, partial: false };
}

const SAMPLE = hours([[1, 0, 0], [2, 1, 0], [0, 0, 0], [5, 0, 3]]);

Deno.test("a run of bars is from the beginning of its first to the last millisecond of its last", () => {
  assertEquals(boundsOf(SAMPLE, { first: 1, last: 2 }), {
    since: "2026-11-22T11:00:00.000Z",
    until: "2026-11-22T12:59:59.999Z",
  });
  assertEquals(sumOf(SAMPLE, { first: 1, last: 3 }), { info: 7, warning: 1, error: 3 });
});

Deno.test("zooming in never widens what was set before, and keeps the rest of the filter", () => {
  const filter = { q: "lamp", since: "2026-11-22T10:20:00.000Z", until: "2026-11-22T13:30:00.000Z" };
  assertEquals(zoomed(filter, SAMPLE, { first: 0, last: 3 }), filter);
  assertEquals(zoomed(filter, SAMPLE, { first: 1, last: 1 }), {
    q: "lamp",
    since: "2026-11-22T11:00:00.000Z",
    until: "2026-11-22T11:59:59.999Z",
  });
});

/** The heights of the parts of a bar, from its path. */
const partsOf = (path: string) =>
  [...path.matchAll(/M([\d.]+) (-?[\d.]+)h[\d.]+v([\d.]+)/g)].map(([, x, top, height]) =>
    [Math.floor(Number(x)), Number(top), Number(height)] as const
  );

Deno.test("whatever the counts, each part that is there is seen, and no bar leaves its box or has a gap", () => {
  const random = createRandom(3);
  for (let round = 0; round < 300; round++) {
    const any = () => random.chance(0.4) ? 0 : random.chance(0.5) ? 1 : random.int(100_000);
    const histogram = hours(Array.from({ length: 1 + random.int(20) }, () => [any(), any(), any()] as const));
    const bars = barsOf(histogram.buckets, 48);
    for (const [index, bucket] of histogram.buckets.entries()) {
      let foot = 48;
      for (const severity of STACK) {
        const part = partsOf(bars[severity]).find(([x]) => x === index);
        assertEquals(part !== undefined, bucket[severity] > 0);
        if (part === undefined) continue;
        assert(part[2] >= 1.99, `${severity} ${part[2]}`);
        assert(Math.abs(part[1] + part[2] - foot) < 0.03);
        foot = part[1];
      }
      assert(foot >= -0.05, `${foot}`);
    }
  }
});

Deno.test("arrow keys choose a bar, with Shift a span, and stay within the bars", () => {
  const go = (brush: Brush | undefined, ...steps: readonly (readonly [-1 | 1 | "first" | "last", boolean])[]) =>
    steps.reduce<Brush | undefined>((now, [step, extend]) => moved(now, step, extend, 4), brush);
  assertEquals(go(undefined, [-1, false]), { anchor: 3, end: 3 });
  assertEquals(go(undefined, [1, false]), { anchor: 3, end: 3 });
  assertEquals(go(undefined, ["first", false], [-1, false]), { anchor: 0, end: 0 });
  assertEquals(go({ anchor: 1, end: 1 }, [1, true], [1, true], [1, true]), { anchor: 1, end: 3 });
  assertEquals(go({ anchor: 1, end: 3 }, [-1, false]), { anchor: 2, end: 2 });
  assertEquals(go({ anchor: 2, end: 2 }, ["first", true]), { anchor: 2, end: 0 });
  assertEquals(runOf({ anchor: 2, end: 0 }), { first: 0, last: 2 });
  assertEquals(clamped({ anchor: 2, end: 9 }, 4), { anchor: 2, end: 3 });
  assertEquals(clamped({ anchor: 2, end: 9 }, 0), undefined);
  assertEquals([-1, 0, 0.26, 0.999, 1, 2].map((share) => bucketAt(share, 4)), [0, 0, 1, 3, 3, 3]);
});

Deno.test("the axis has few words, in order, at round times, however long the span", () => {
  const random = createRandom(4);
  for (let round = 0; round < 500; round++) {
    const from = START - random.int(400 * 24 * HOUR);
    const span = 1000 * 10 ** (random.int(70) / 10);
    const most = 3 + random.int(8);
    const ticks = ticksOf(from, from + span, most);
    assert(ticks.length <= most + 1, `${ticks.length} words where ${most} fit, span ${span}`);
    const places = ticks.map(({ at }) => at);
    assertEquals(places, places.toSorted((a, b) => a - b));
    for (const { at, label } of ticks) {
      assert(at > 0 && at < 1);
      assert(/^\d\d:\d\d(:\d\d)?$|^\d{1,2} [A-Z][a-z]{2,3}$/.test(label), label);
    }
  }
  assertEquals(ticksOf(START, START, 4), []);
  assertEquals(ticksOf(NaN, NaN, 4), []);
});

Deno.test("counts are said in words", () => {
  assertEquals(countWords({ info: 1, warning: 0, error: 0 }, false), "1 entry");
  assertEquals(countWords({ info: 1200, warning: 2, error: 1 }, true), "at least 1,203 entries, 2 warnings, 1 error");
});
