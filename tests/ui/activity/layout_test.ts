import { assertEquals } from "@std/assert";
import { createLayout, indexOfSeq } from "../../../src/ui/activity/layout.ts";
import type { Row } from "../../../src/ui/activity/row.ts";
import { createRandom } from "../../support/random.ts";
import { entryIds, randomEntry } from "./entries.ts";

const [ROW, DAY] = [36, 32];

/** Newest first; days mostly go back, and now and then come again. */
function randomRows(seed: number, count: number): readonly Row[] {
  const random = createRandom(seed);
  const id = entryIds();
  let day = 28;
  return Array.from({ length: count }, (_, index) => {
    if (random.chance(0.1)) day += random.chance(0.9) ? -1 : 1;
    const seq = count * 3 - index * 3;
    return { seq, day: `2026-11-${day}`, entry: randomEntry(random, id(seq)) };
  });
}

Deno.test("every row stands below the one before, days have their heading, and what is open has its room", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const rows = randomRows(seed, 1 + seed);
    const open = seed % 3 === 0 ? undefined : { index: seed % rows.length, height: 200 };
    const layout = createLayout(rows, { row: ROW, day: DAY, open });
    let y = 0;
    const heads: number[] = [];
    for (const [index, row] of rows.entries()) {
      if (rows[index - 1]?.day !== row.day) {
        heads.push(y);
        y += DAY;
      }
      assertEquals(layout.topOf(index), y);
      for (const inside of [y, y + ROW - 1]) assertEquals(layout.indexAt(inside), index);
      y += ROW + (index === open?.index ? open.height : 0);
    }
    assertEquals(layout.height, y);
    assertEquals(layout.days.map(({ top }) => top), heads);
    assertEquals(layout.days.reduce((sum, { height }) => sum + height, 0), y);
  }
});

Deno.test("above, below and between the rows the nearest is meant", () => {
  const layout = createLayout(randomRows(1, 40), { row: ROW, day: DAY, open: { index: 3, height: 500 } });
  assertEquals(layout.indexAt(-100), 0);
  assertEquals(layout.indexAt(1e9), 39);
  assertEquals(layout.indexAt(layout.topOf(3) + ROW + 250), 3);
});

Deno.test("a list without rows takes no room", () => {
  const layout = createLayout([], { row: ROW, day: DAY });
  assertEquals([layout.height, layout.days.length], [0, 0]);
});

Deno.test("a place is found among the rows, and only where it is", () => {
  const rows = randomRows(2, 50);
  for (const [index, { seq }] of rows.entries()) {
    assertEquals(indexOfSeq(rows, seq), index);
    assertEquals(indexOfSeq(rows, seq - 1), -1);
  }
  assertEquals(indexOfSeq([], 1), -1);
});
