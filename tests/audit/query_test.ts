import { assert, assertEquals } from "@std/assert";
import { type Entry, entryTest, type Facets, type Filter, type Histogram } from "../../src/audit/mod.ts";
import { findCut } from "../../src/audit/entity_cut.ts";
import { areFew } from "../../src/audit/forward.ts";
import { countRuns } from "../../src/audit/lanes_sql.ts";
import { type TestEngine, withEngine } from "../support/engine.ts";
import { createRandom } from "../support/random.ts";
import { clockFrom, fillLog, randomFilter, readAll } from "../support/random_log.ts";

/** What columns alone decide. */
const withoutText = (
  { q: _q, entityName: _name, metadataKey: _key, metadataValue: _value, ...filter }: Filter,
): Filter => filter;

/** All pages of a filter, put together. */
async function collect(engine: TestEngine, filter: Filter, limit: number) {
  const ids: string[] = [];
  let before: number | undefined;
  let total = -1;
  for (;;) {
    const page = await engine.query.page({ filter, limit, ...(before === undefined ? {} : { beforeSeq: before }) });
    const entries = JSON.parse(page.entriesText) as Entry[];
    assert(entries.length <= limit);
    ids.push(...entries.map((entry) => entry.id));
    if (!page.totalCapped) total = page.total;
    if (page.nextBeforeSeq === null) return { ids, total };
    assert(before === undefined || page.nextBeforeSeq < before, "pages go backwards");
    before = page.nextBeforeSeq;
  }
}

/** All pages forward from the beginning, put together. */
async function collectForward(engine: TestEngine, filter: Filter, limit: number) {
  const ids: string[] = [];
  for (let after = 0;;) {
    const page = await engine.query.page({ filter, limit, afterSeq: after });
    ids.push(...(JSON.parse(page.entriesText) as Entry[]).map((entry) => entry.id));
    if (page.nextAfterSeq === null) return ids;
    assert(page.nextAfterSeq > after, "pages go forward");
    after = page.nextAfterSeq;
  }
}

function assertFacets(facets: Facets, entries: readonly Entry[], asked: string): void {
  const counts = (value: (entry: Entry) => string | null) => {
    const found = Map.groupBy(entries.filter((entry) => value(entry) !== null), (entry) => value(entry)!);
    return [...found].map(([value, { length }]) => ({ value, count: length }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  assertEquals(facets, {
    categories: counts(({ category }) => category),
    severities: counts(({ severity }) => severity),
    actions: counts(({ action }) => action),
    actors: counts(({ actor }) => actor),
    entityTypes: counts(({ entity_type }) => entity_type),
    total: entries.length,
    partial: false,
  }, asked);
}

function assertHistogram(histogram: Histogram, entries: readonly Entry[], asked: string): void {
  assertEquals([histogram.total, histogram.partial], [entries.length, false], asked);
  const width = histogram.bucketSeconds * 1000;
  for (const [i, { start, ...counts }] of histogram.buckets.entries()) {
    const from = Date.parse(start);
    assertEquals(from % width, 0, asked);
    if (i > 0) assertEquals(from, Date.parse(histogram.buckets[i - 1]!.start) + width, asked);
    const inside = entries.filter(({ ts }) => Date.parse(ts) >= from && Date.parse(ts) < from + width);
    const expected = { info: 0, warning: 0, error: 0 };
    for (const { severity } of inside) expected[severity]++;
    assertEquals(counts, expected, `${start} of ${asked}`);
  }
}

/** Where the clock is steady, bounds of time become bounds of seq alone. */
const LOGS = [
  [1, 4000, 50, "stepping"],
  [2, 4000, 50, "steady"],
  [3, 4000, 50, "stepping"],
  [4, 9000, 60, "stepping"],
  [5, 9000, 60, "steady"],
] as const;

for (const [seed, count, rounds, clockKind] of LOGS) {
  Deno.test(`every filter finds exactly what a look at each entry finds (seed ${seed})`, async () => {
    const random = createRandom(seed);
    const clock = { ms: Date.UTC(2026, 0, 1) };
    await withEngine(async (engine) => {
      await fillLog(engine, random, clock, count, clockKind);
      const stop = random.int(3) * 1500; // the text index may be anywhere
      for (let i = 0; i < stop / 128; i++) await engine.textIndex.step();
      const entries = await readAll(engine);
      const least = count > 5000 ? 100 : 1; // many small pages of much take long
      for (let round = 0; round < rounds; round++) {
        const filter = round % 3 === 0 ? randomFilter(random, entries) : withoutText(randomFilter(random, entries));
        const expected = entries.filter(entryTest(filter));
        const ids = expected.map((entry) => entry.id);
        const asked = JSON.stringify(filter);
        const found = await collect(engine, filter, least + random.int(150));
        assertEquals(found.ids, ids, asked);
        if (found.total >= 0) assertEquals(found.total, ids.length, asked);
        assertEquals(
          await collectForward(engine, filter, least + random.int(150)),
          ids.toReversed(),
          `forward ${asked}`,
        );
        assertFacets(await engine.query.facets(filter), expected, `facets ${asked}`);
        for (const most of [1 + random.int(3), 1 + random.int(100)]) {
          assertHistogram(await engine.query.histogram(filter, most), expected, `histogram ${most} ${asked}`);
        }
      }
    }, { clock: clockFrom(clock), budget: { page: 1e9, count: 1e9 } });
  });
}

Deno.test("a search that stops at its budget says so and goes on to the complete result", async () => {
  const clock = { ms: Date.UTC(2026, 0, 1) };
  await withEngine(async (engine) => {
    for (let i = 0; i < 2000; i++) {
      engine.recorder.record("system", "tick", { message: i % 1000 === 3 ? "needle" : "hay" });
    }
    await engine.recorder.stop();
    const first = await engine.query.page({ filter: { q: "needle" }, limit: 50 });
    assertEquals([first.partial, first.totalCapped], [true, true]);
    assertEquals((await collect(engine, { q: "needle" }, 50)).ids.length, 2);
  }, { clock: clockFrom(clock), budget: { page: 0, count: 0 } });
});

Deno.test("a count of too many rows of some entities is of the newest, nearly as many as it may be", async () => {
  const clock = { ms: Date.UTC(2026, 0, 1) };
  await withEngine(async (engine) => {
    await fillLog(engine, createRandom(7), clock, 5000);
    const range = { low: 1, high: 4095 };
    const lanesOf = (entities: readonly string[]) => ({ kinds: undefined, entities, indexed: 4095 });
    const ofEntity = async (entities: readonly string[], low: number) =>
      await countRuns(engine.sql, lanesOf(entities), { low, high: range.high }, 10_000);
    for (const entities of [["e1"], ["e1", "e2", "e3", "e8"], ["e1", "nobody"]]) {
      const lanes = lanesOf(entities);
      const all = await ofEntity(entities, 1);
      assertEquals(await findCut(engine.sql, lanes, range, all), undefined);
      const cut = await findCut(engine.sql, lanes, range, 200) ?? 0;
      const counted = await ofEntity(entities, cut);
      assert(counted <= 200 && counted > 150, `${entities}: ${counted} of ${all} from ${cut}`);
    }
  }, { clock: clockFrom(clock) });
});

Deno.test("whether matches are few can be asked of a range of any size", () =>
  withEngine(async (engine) => {
    const lanes = { kinds: [1], entities: undefined, indexed: 2_000_000 };
    for (const high of [10, 123_456, 1_999_999]) assertEquals(await areFew(engine.sql, lanes, { low: 1, high }), true);
  }));

Deno.test("every exact filter pages by an index, without sorting or scanning", () =>
  withEngine(async ({ sql }) => {
    const plans: Record<string, string> = {};
    const explain = async (name: string, text: string, args: (string | number)[]) => {
      const rows = await sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, args);
      plans[name] = rows.map((row) => row.detail).join(" | ");
    };
    const kindPage =
      "SELECT seq FROM activity_by_kind WHERE kind = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 51";
    const entityPage = `SELECT seq FROM activity_by_entity WHERE entity_id = ? AND seq BETWEEN ? AND ?
      ORDER BY seq DESC LIMIT 51`;
    await explain(
      "newest",
      "SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 50",
      [
        1,
        9,
      ],
    );
    await explain("kind", kindPage, [1, 1, 9]);
    await explain("entity", entityPage, ["e", 1, 9]);
    assertEquals(plans, {
      newest: "SEARCH activity_log USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
      kind: "SEARCH activity_by_kind USING PRIMARY KEY (kind=? AND seq>? AND seq<?)",
      entity: "SEARCH activity_by_entity USING PRIMARY KEY (entity_id=? AND seq>? AND seq<?)",
    });
  }));
